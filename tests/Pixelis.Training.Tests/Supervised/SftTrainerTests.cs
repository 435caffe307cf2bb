using Pixelis.TestKit;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Supervised;

public class SftTrainerTests
{
    private static readonly SftOptions Options = new()
    {
        Steps = 12,
        Data = new SftDataOptions { BatchSize = 4, BucketBatches = 3, Seed = 5 },
        Optimization = new OptimizationOptions { LearningRate = 0.05, WarmUp = 0.1 },
    };

    [Fact]
    public async Task Learns_what_assistants_say()
    {
        (Recorder recorder, TrainingResult result) = await Train(Options with { Steps = 150 });
        Assert.Equal(TrainingEnd.Completed, result.End);
        Assert.True(recorder.Steps[^1].Result.Loss < 0.6 * recorder.Steps[0].Result.Loss, $"{recorder.Steps[0].Result.Loss} -> {recorder.Steps[^1].Result.Loss}");
        Assert.Equal(150, recorder.Steps.Count);
        Assert.True(recorder.Steps[0].LearningRate < recorder.Steps[20].LearningRate);
    }

    [Fact]
    public async Task Micro_batches_change_rounding_only()
    {
        (Recorder whole, _) = await Train(Options);
        (Recorder cut, _) = await Train(Options with { Data = Options.Data with { MicroBatchSize = 1 } });
        Assert.All(whole.Steps.Zip(cut.Steps), p => Assert.Equal(p.First.Result.Loss, p.Second.Result.Loss, 1e-4));
        Assert.All(whole.Steps.Zip(cut.Steps), p => Assert.Equal(p.First.Result.GradientNorm, p.Second.Result.GradientNorm, 1e-4));
        Assert.All(cut.Steps, s => Assert.Equal(s.Result.Tokens, s.Result.PaddedTokens));
    }

    [Fact]
    public async Task Packing_changes_rounding_only_and_pads_nothing()
    {
        (Recorder padded, _) = await Train(Options);
        (Recorder packed, _) = await Train(Options with { Data = Options.Data with { Packing = true } });
        Assert.All(padded.Steps.Zip(packed.Steps), p => Assert.Equal(p.First.Result.Loss, p.Second.Result.Loss, 1e-4));
        Assert.All(padded.Steps.Zip(packed.Steps), p => Assert.Equal(p.First.Result.GradientNorm, p.Second.Result.GradientNorm, 1e-4));
        Assert.All(packed.Steps, s => Assert.Equal(s.Result.Tokens, s.Result.PaddedTokens));
        Assert.Contains(padded.Steps, s => s.Result.PaddedTokens > s.Result.Tokens);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task A_run_that_was_cancelled_and_resumed_gives_the_same_bits(int stopAt)
    {
        using var folder = new TemporaryFolder();
        SftOptions options = Options with { Optimization = Options.Optimization with { AverageDecay = 0.9 }, Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 4 } };
        (Recorder whole, _) = await Train(options with { Checkpoints = new CheckpointOptions() });
        using var stop = new CancellationTokenSource();
        var first = new Recorder { AfterStep = s => { if (s.Step == stopAt) stop.Cancel(); } };
        (_, TrainingResult cut) = await Train(options, first, cancellation: stop.Token);
        Assert.Equal(TrainingEnd.Cancelled, cut.End);
        Assert.Equal(stopAt, cut.Step);
        (Recorder second, TrainingResult end) = await Train(options);
        Assert.Equal(TrainingEnd.Completed, end.End);
        Assert.Contains(second.Notices, n => n.Kind == NoticeKind.Resumed);
        Assert.Equal(whole.Steps.Select(s => s.Result.Loss), first.Steps.Concat(second.Steps).Select(s => s.Result.Loss));
        Assert.Equal(whole.Steps.Select(s => s.Result.GradientNorm), first.Steps.Concat(second.Steps).Select(s => s.Result.GradientNorm));
    }

    [Fact]
    public async Task A_second_run_is_kept_out_of_the_folder_while_the_first_is_at_work()
    {
        using var folder = new TemporaryFolder();
        SftOptions options = Options with { Checkpoints = new CheckpointOptions { Folder = folder["run"] } };
        CheckpointException? refused = null;
        var intruder = new Recorder();
        var first = new Recorder
        {
            AfterStep = s =>
            {
                if (s.Step == 3)
                    refused = Assert.ThrowsAsync<CheckpointException>(() => Train(options, intruder)).GetAwaiter().GetResult();
            },
        };
        (_, TrainingResult end) = await Train(options, first);
        Assert.Equal(TrainingEnd.Completed, end.End);
        Assert.Contains("another run is at work", refused!.Message, StringComparison.Ordinal);
        Assert.Empty(intruder.Steps);
        Assert.Empty(intruder.Notices);
        (_, TrainingResult again) = await Train(options); // and let in when it has ended
        Assert.Equal(TrainingEnd.Completed, again.End);
    }

    [Fact]
    public async Task A_run_is_not_resumed_with_other_settings_or_data()
    {
        using var folder = new TemporaryFolder();
        SftOptions options = Options with { Checkpoints = new CheckpointOptions { Folder = folder["run"] } };
        await Train(options);
        CheckpointException error = await Assert.ThrowsAsync<CheckpointException>(
            () => Train(options with { Optimization = options.Optimization with { LearningRate = 0.01 }, Data = options.Data with { Workers = 2 } }, examples: Corpus.Sums(41)));
        Assert.Contains("optimization.learningRate: 0.05 -> 0.01", error.Message);
        Assert.Contains("data.examples: 40 examples", error.Message);
        Assert.DoesNotContain("workers", error.Message);
    }

    [Fact]
    public async Task Steps_whose_loss_is_no_number_change_nothing_and_end_the_run_when_there_are_too_many()
    {
        using var model = new BigramModel();
        float[] before = Bias(model);
        model.BeforeForward = () =>
        {
            using IDisposable noGrad = torch.no_grad();
            model.Embedding.fill_(float.NaN);
        };
        var recorder = new Recorder();
        PixelisException error = await Assert.ThrowsAsync<PixelisException>(() => Train(Options with { MaxBadSteps = 3 }, recorder, model));
        Assert.Contains("3 steps in a row", error.Message);
        Assert.Equal(3, recorder.Steps.Count);
        Assert.All(recorder.Steps, s => Assert.False(s.Result.IsApplied));
        Assert.Equal(3, recorder.Notices.Count(n => n.Kind == NoticeKind.BadStep));
        Assert.Equal(TrainingEnd.Failed, recorder.Result!.End);
        Assert.Equal(before, Bias(model));
    }

    [Fact]
    public async Task A_single_bad_step_is_passed_over_and_counted()
    {
        using var model = new BigramModel();
        int calls = 0;
        Tensor kept = model.Embedding.detach().clone();
        model.BeforeForward = () =>
        {
            using IDisposable noGrad = torch.no_grad();
            calls++;
            if (calls == 3)
            {
                kept.copy_(model.Embedding);
                model.Embedding.fill_(float.PositiveInfinity);
            }
            else if (calls == 4)
            {
                model.Embedding.copy_(kept);
            }
        };
        (Recorder recorder, TrainingResult result) = await Train(Options, model: model);
        Assert.Equal(1, result.BadSteps);
        Assert.Equal([3], recorder.Steps.Where(s => !s.Result.IsApplied).Select(s => s.Step));
        Assert.Equal(TrainingEnd.Completed, result.End);
    }

    [Fact]
    public async Task Validation_loss_falls_and_the_best_state_is_exported()
    {
        using var folder = new TemporaryFolder();
        using var model = new BigramModel();
        var exported = new List<string>();
        SftOptions options = Options with
        {
            Steps = 30, Evaluation = new EvaluationOptions { Every = 10 }, Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 10, Keep = 1 },
        };
        var recorder = new Recorder();
        var setup = new SftSetup(model, new CharacterProcessor(), new ShuffledExamples(Corpus.Sums(40), 3))
        {
            Validation = Corpus.Sums(9),
            Observers = [recorder],
            Export = place =>
            {
                exported.Add(Path.GetFileName(place).Split('.')[0]);
                File.WriteAllText(Path.Combine(place, "model.txt"), "x");
            },
        };
        TrainingResult result = await new SftTrainer(setup, options).RunAsync();
        Assert.Equal([10, 20, 30], recorder.Evaluations.Select(e => e.Step));
        Assert.True(recorder.Evaluations[2].Loss < recorder.Evaluations[0].Loss);
        Assert.InRange(recorder.Evaluations[2].TokenAccuracy!.Value, 0.01, 1);
        Assert.Equal(30, result.BestStep);
        Assert.Equal(["best", "best", "best", "last"], exported);
        Assert.True(File.Exists(folder["run/best/model.txt"]) && File.Exists(folder["run/last/model.txt"]));
        Assert.Equal(["step-00000030"], new CheckpointStore(folder["run"]).All.Select(Path.GetFileName));
    }

    [Fact]
    public async Task Ends_early_when_evaluations_get_no_better()
    {
        var scores = new Queue<double>([0.5, 0.4, 0.5, 0.9]);
        (_, TrainingResult result) = await Train(Options with { Evaluation = new EvaluationOptions { Every = 2, Patience = 2 } }, evaluator: new Scores(scores));
        Assert.Equal(TrainingEnd.NoGain, result.End);
        Assert.Equal(6, result.Step);
        Assert.Equal(2, result.BestStep);
        Assert.Equal(0.5, result.Best!.Merit);
    }

    [Fact]
    public async Task The_curriculum_moves_by_accuracy_and_the_data_with_it()
    {
        var easy = new ShuffledExamples([Corpus.Talk("q", "a")], 0);
        var hard = new ShuffledExamples([Corpus.Talk("q", "bbbbbbbb")], 0);
        var recorder = new Recorder();
        using var model = new BigramModel();
        SftOptions options = Options with
        {
            Curriculum = new CurriculumOptions { Stages = 2, PromoteAt = 0.5, Smoothing = 1, CoolDown = 0, RollBackAt = 0.3 },
            Evaluation = new EvaluationOptions { Every = 3 },
        };
        var setup = new SftSetup(model, new CharacterProcessor(), new StagedExamples([easy, hard], [[1, 0], [0, 1]], 0))
        {
            Evaluator = new Scores(new Queue<double>([0.4, 0.7, 0.1, 0.8])),
            Observers = [recorder],
        };
        await new SftTrainer(setup, options).RunAsync();
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0], recorder.Steps.Select(s => s.Stage));
        Assert.All(recorder.Steps, s => Assert.Equal(s.Stage == 0 ? 8 : 36, s.Result.Targets));
        Assert.Equal(["Promoted", "Rolled", "Promoted"], recorder.Notices.Where(n => n.Kind == NoticeKind.StageChanged).Select(n => n.Message.Split(' ')[0]));
    }

    [Fact]
    public async Task Frozen_parameters_keep_their_values_and_the_rest_moves()
    {
        using var model = new BigramModel();
        float[] head = model.Head.Weight.data<float>().ToArray(), embedding = model.Embedding.data<float>().ToArray();
        await Train(Options with { Optimization = Options.Optimization with { Frozen = "^head" } }, model: model);
        Assert.Equal(head, model.Head.Weight.data<float>().ToArray());
        Assert.NotEqual(embedding, model.Embedding.data<float>().ToArray());
        await Assert.ThrowsAsync<PixelisException>(() => Train(Options with { Optimization = Options.Optimization with { Frozen = "." } }));
    }

    [Fact]
    public async Task Options_that_cannot_work_are_named()
    {
        async Task Refused(SftOptions options, string expected) =>
            Assert.Contains(expected, (await Assert.ThrowsAsync<PixelisException>(() => Train(options))).Message);
        await Refused(Options with { Steps = 0 }, "Steps is 0");
        await Refused(Options with { Data = Options.Data with { BatchSize = 0 } }, "BatchSize is 0");
        await Refused(Options with { Optimization = Options.Optimization with { LearningRate = double.NaN } }, "LearningRate is NaN");
        await Refused(Options with { Optimization = Options.Optimization with { WarmUp = 2 } }, "from 0 to 1");
        await Refused(Options with { Optimization = Options.Optimization with { Frozen = "(" } }, "'('");
        await Refused(Options with { Curriculum = new CurriculumOptions { Stages = 0 } }, "Stages");
    }

    private static float[] Bias(BigramModel model) => model.Head.Bias!.data<float>().ToArray();

    private static async Task<(Recorder Recorder, TrainingResult Result)> Train(
        SftOptions options, Recorder? recorder = null, BigramModel? model = null, IReadOnlyList<SftExample>? examples = null, IAgentEvaluator? evaluator = null, CancellationToken cancellation = default)
    {
        recorder ??= new Recorder();
        using BigramModel? own = model is null ? new BigramModel() : null;
        var setup = new SftSetup(model ?? own!, new CharacterProcessor(), new ShuffledExamples(examples ?? Corpus.Sums(40), 3)) { Observers = [recorder], Evaluator = evaluator };
        return (recorder, await new SftTrainer(setup, options).RunAsync(cancellation));
    }

    private sealed class Scores(Queue<double> scores) : IAgentEvaluator
    {
        public Task<AgentScore> EvaluateAsync(int step, CancellationToken cancellationToken) => Task.FromResult(new AgentScore(scores.Dequeue(), 10));
    }
}
