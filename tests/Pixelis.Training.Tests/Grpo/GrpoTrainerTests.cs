using Pixelis.Modeling;
using Pixelis.Rewards;
using Pixelis.TestKit;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using TorchSharp;

namespace Pixelis.Training.Tests.Grpo;

public class GrpoTrainerTests
{
    private static readonly GrpoOptions Options = new()
    {
        Steps = 6,
        Prompts = 2,
        Rollouts = new RolloutOptions { GroupSize = 4 },
        Optimization = new OptimizationOptions { LearningRate = 1e-2, Schedule = ScheduleShape.Constant, WeightDecay = 0 },
        Evaluation = new EvaluationOptions { Every = 100 },
    };

    [Fact]
    public async Task What_is_rewarded_becomes_likelier()
    {
        using var agent = new SmallAgent();
        var recorder = new Recorder();
        TrainingResult result = await new GrpoTrainer(agent.Setup(TokenReward.Even(), recorder), Options with { Steps = 40, Rollouts = new RolloutOptions { GroupSize = 8 } }).RunAsync();
        Assert.Equal(TrainingEnd.Completed, result.End);
        double before = recorder.Steps.Take(4).Average(s => s.Numbers["reward/mean"]), after = recorder.Steps.TakeLast(4).Average(s => s.Numbers["reward/mean"]);
        Assert.InRange(before, 0.3, 0.7);
        Assert.True(after > 0.8, $"{before:F3} -> {after:F3}");
        Assert.All(recorder.Steps.Where(s => s.Numbers["update/count"] > 0), s => Assert.Equal(1, s.Numbers["ratio/mean"], 1e-6)); // one update on fresh episodes
        Assert.All(recorder.Steps.Where(s => s.Numbers["update/count"] > 0), s => Assert.InRange(s.Numbers["sampler/gap"], 0, 1e-4)); // sampling and training agree
        Assert.Equal("rft-40", agent.Model.PolicyVersion);
    }

    [Theory]
    [InlineData(AdvantageKind.MeanAndStd, PolicyLossKind.Grpo, ZeroVariancePolicy.Drop)]
    [InlineData(AdvantageKind.LeaveOneOut, PolicyLossKind.Dapo, ZeroVariancePolicy.Resample)]
    [InlineData(AdvantageKind.NormalizeThenSum, PolicyLossKind.Bnpo, ZeroVariancePolicy.Keep)]
    [InlineData(AdvantageKind.Mean, PolicyLossKind.Cispo, ZeroVariancePolicy.Replay)]
    [InlineData(AdvantageKind.MeanAndStd, PolicyLossKind.Gspo, ZeroVariancePolicy.Keep)]
    public async Task Every_way_learns_with_several_updates_a_step(AdvantageKind advantages, PolicyLossKind loss, ZeroVariancePolicy silent)
    {
        using var agent = new SmallAgent();
        var recorder = new Recorder();
        GrpoOptions options = Options with
        {
            Steps = 30,
            Epochs = 2,
            MiniBatches = 2,
            Objective = new GrpoObjective { Advantages = new AdvantageOptions { Kind = advantages }, ZeroVariance = silent, Loss = new PolicyLossOptions { Kind = loss } },
        };
        await new GrpoTrainer(agent.Setup(TokenReward.Even(), recorder), options).RunAsync();
        double before = recorder.Steps.Take(4).Average(s => s.Numbers["reward/mean"]), after = recorder.Steps.TakeLast(4).Average(s => s.Numbers["reward/mean"]);
        Assert.True(after > before + 0.1, $"{before:F3} -> {after:F3}");
        Assert.Contains(recorder.Steps, s => s.Numbers["update/count"] == 4);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_run_that_was_cancelled_and_resumed_gives_the_same_bits(int stopAt)
    {
        using var folder = new TemporaryFolder();
        GrpoOptions options = Options with
        {
            Steps = 7,
            MiniBatches = 2,
            Objective = new GrpoObjective
            {
                ZeroVariance = ZeroVariancePolicy.Replay,
                Loss = new PolicyLossOptions { Kl = new KlOptions { Coefficient = 0.01, Target = 0.001, Horizon = 100 }, EntropyCoefficient = 0.001 },
            },
            Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 3 },
        };
        (Recorder whole, float[] expected) = await Run(options with { Checkpoints = new CheckpointOptions() }, default);
        using var stop = new CancellationTokenSource();
        (Recorder first, _) = await Run(options, stop.Token, s => { if (s.Step == stopAt) stop.Cancel(); });
        Assert.Equal(TrainingEnd.Cancelled, first.Result!.End);
        (Recorder second, float[] found) = await Run(options, default);
        Assert.Equal(stopAt, second.Run!.FirstStep);
        Assert.Equal(whole.Steps.Select(Describe), first.Steps.Concat(second.Steps).Select(Describe));
        Assert.Equal(expected, found);

        async Task<(Recorder, float[])> Run(GrpoOptions settings, CancellationToken cancellation, Action<StepReport>? afterStep = null)
        {
            using var agent = new SmallAgent();
            using var curiosity = new CuriosityModule(new CuriosityOptions { StateSize = 32 });
            var recorder = new Recorder { AfterStep = afterStep };
            var reward = new CompositeReward([.. TokenReward.Of(ids => ids.Count(id => id % 3 == 0) > 1 ? 1 : 0).Parts, new RewardPart(new IntrinsicCuriosityReward(curiosity), 0.1)]);
            await new GrpoTrainer(agent.Setup(reward, recorder) with { Curiosity = curiosity }, settings).RunAsync(cancellation);
            return (recorder, agent.Weights());
        }
    }

    [Fact]
    public async Task So_does_one_that_resamples_an_adapter_s_episodes_and_averages_it()
    {
        using var folder = new TemporaryFolder();
        GrpoOptions options = Options with
        {
            Steps = 5, SamplingRounds = 2, Objective = new GrpoObjective { ZeroVariance = ZeroVariancePolicy.Resample },
            Optimization = Options.Optimization with { AverageDecay = 0.8 }, Evaluation = new EvaluationOptions { Every = 2 },
            Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 10 },
        };
        (Recorder whole, float[] expected) = await Run(options with { Checkpoints = new CheckpointOptions() }, default);
        using var stop = new CancellationTokenSource();
        (Recorder first, _) = await Run(options, stop.Token, s => { if (s.Step == 3) stop.Cancel(); });
        (Recorder second, float[] found) = await Run(options, default);
        Assert.Equal(whole.Steps.Select(Describe), first.Steps.Concat(second.Steps).Select(Describe));
        Assert.Equal(whole.Evaluations.Select(e => (e.Step, e.Merit)), first.Evaluations.Concat(second.Evaluations).Select(e => (e.Step, e.Merit)));
        Assert.Equal(expected, found);

        async Task<(Recorder, float[])> Run(GrpoOptions settings, CancellationToken cancellation, Action<StepReport>? afterStep = null)
        {
            using var agent = new SmallAgent();
            using var adapters = new AdapterSet((Models.Qwen.QwenModel)agent.Model.Model);
            adapters.Add("default", new LoraOptions { Rank = 4, Alpha = 8, Dropout = 0.2 }, 3);
            var recorder = new Recorder { AfterStep = afterStep };
            // A reward that is often the same throughout a group.
            CompositeReward reward = TokenReward.Of(ids => ids[0] % 4 == 0 ? 1 : 0);
            GrpoSetup setup = agent.Setup(reward, recorder) with { Adapters = adapters, Evaluator = new CountingEvaluator() };
            await new GrpoTrainer(setup, settings).RunAsync(cancellation);
            return (recorder, [.. adapters.NamedParameters("default").OrderBy(p => p.Name, StringComparer.Ordinal).SelectMany(p => p.Parameter.detach().reshape(-1).data<float>().ToArray())]);
        }
    }

    [Fact]
    public async Task An_adapter_is_trained_against_the_model_without_it()
    {
        using var agent = new SmallAgent();
        using var adapters = new AdapterSet((Models.Qwen.QwenModel)agent.Model.Model);
        adapters.Add("default", new LoraOptions { Rank = 4, Alpha = 8 }, 3);
        float[] weights = agent.Weights();
        var recorder = new Recorder();
        GrpoOptions options = Options with
        {
            Steps = 40, Objective = new GrpoObjective { Loss = new PolicyLossOptions { Kl = new KlOptions { Coefficient = 0.001 } } },
            Optimization = Options.Optimization with { LearningRate = 5e-2 },
        };
        await new GrpoTrainer(agent.Setup(TokenReward.Even(), recorder) with { Adapters = adapters }, options).RunAsync();
        Assert.Equal(weights, agent.Weights());
        Assert.Equal(0, recorder.Steps[0].Numbers["policy/kl_reference"], 1e-5);
        Assert.True(recorder.Steps[^1].Numbers["policy/kl_reference"] > 0.001, $"{recorder.Steps[^1].Numbers["policy/kl_reference"]}");
        double before = recorder.Steps.Take(4).Average(s => s.Numbers["reward/mean"]), after = recorder.Steps.TakeLast(4).Average(s => s.Numbers["reward/mean"]);
        Assert.True(after > before + 0.1, $"{before:F3} -> {after:F3}");
    }

    [Fact]
    public async Task Rewards_that_are_all_unknown_change_nothing_and_raise_an_alarm()
    {
        using var agent = new SmallAgent();
        float[] before = agent.Weights();
        var recorder = new Recorder();
        TrainingResult result = await new GrpoTrainer(agent.Setup(TokenReward.Of(_ => null), recorder), Options).RunAsync();
        Assert.Equal((TrainingEnd.Completed, 0), (result.End, result.BadSteps));
        Assert.Equal(before, agent.Weights());
        Assert.All(recorder.Steps, s => Assert.Equal((1.0, 0.0, 8.0), (s.Numbers["groups/uniform"], s.Numbers["update/count"], s.Numbers["groups/unscored"])));
        Assert.Contains("Dead gradients", Assert.Single(recorder.Notices, n => n.Kind == NoticeKind.Alarm).Message);
    }

    [Fact]
    public async Task A_reward_that_is_not_a_number_stops_the_run_by_name_and_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        using var agent = new SmallAgent();
        GrpoOptions options = Options with { Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 1 } };
        int calls = 0;
        CompositeReward reward = TokenReward.Of(ids => ++calls > 17 ? double.NaN : ids[0] % 2);
        PixelisException error = await Assert.ThrowsAsync<RewardException>(() => new GrpoTrainer(agent.Setup(reward), options).RunAsync());
        Assert.Contains("'tokens'", error.Message);
        Assert.NotNull(new CheckpointStore(folder["run"]).FindLatest());
    }

    [Fact]
    public async Task Weights_that_are_not_numbers_end_the_run_with_the_last_checkpoint_whole()
    {
        using var folder = new TemporaryFolder();
        using var agent = new SmallAgent();
        var recorder = new Recorder
        {
            AfterStep = step =>
            {
                using IDisposable noGrad = torch.no_grad();
                if (step.Step == 2)
                    agent.Model.Model.Module.named_parameters().First(p => p.name.EndsWith("norm.weight", StringComparison.Ordinal)).parameter.fill_(double.NaN);
            },
        };
        GrpoOptions options = Options with { Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 1, Keep = 5 } };
        PixelisException error = await Assert.ThrowsAsync<PixelisException>(() => new GrpoTrainer(agent.Setup(TokenReward.Even(), recorder), options).RunAsync());
        Assert.Contains("not finite numbers", error.Message);
        Assert.Equal(TrainingEnd.Failed, recorder.Result!.End);
        Assert.NotNull(new CheckpointStore(folder["run"]).FindLatest());
    }

    [Fact]
    public async Task A_prompt_that_does_not_fit_is_passed_over_and_told_of()
    {
        using var agent = new SmallAgent();
        var recorder = new Recorder();
        GrpoSetup setup = agent.Setup(TokenReward.Even(), recorder);
        TrainingResult result = await new GrpoTrainer(setup with { Prompts = new LongQuestion(every: 2) }, Options).RunAsync();
        Assert.Equal((TrainingEnd.Completed, 6), (result.End, result.SkippedExamples));
        Assert.All(recorder.Steps, s => Assert.Equal(4, s.Result.Examples));
        Assert.All(recorder.Notices.Where(n => n.Kind == NoticeKind.ExampleSkipped), n => Assert.Contains("context holds", n.Message));
        PixelisException error = await Assert.ThrowsAsync<PixelisException>(() => new GrpoTrainer(setup with { Prompts = new LongQuestion(every: 1) }, Options).RunAsync());
        Assert.Contains("None of the step's prompts can be used", error.Message);
    }

    [Fact]
    public async Task A_run_is_not_resumed_with_another_reward_or_other_limits()
    {
        using var folder = new TemporaryFolder();
        using var agent = new SmallAgent();
        GrpoOptions options = Options with { Steps = 1, Checkpoints = new CheckpointOptions { Folder = folder["run"] } };
        GrpoSetup setup = agent.Setup(TokenReward.Even());
        await new GrpoTrainer(setup, options).RunAsync();
        Assert.Contains("reward.curriculum", (await Refused(setup with { Curriculum = RewardCurriculum.OfPixelBench(setup.Reward) })).Message);
        Assert.Contains("reward.parts", (await Refused(setup with { Reward = setup.Reward.WithWeights(new Dictionary<string, double> { ["tokens"] = 2 }) })).Message);
        Assert.Contains("data.prompts", (await Refused(setup with { Prompts = new LongQuestion(every: 2) })).Message);
        using var other = new SmallAgent(maxNewTokens: 7);
        Assert.Contains("agent.generation", (await Refused(setup with { Agent = other.Agent })).Message);

        Task<CheckpointException> Refused(GrpoSetup changed) => Assert.ThrowsAsync<CheckpointException>(() => new GrpoTrainer(changed, options).RunAsync());
    }

    [Fact]
    public async Task A_run_is_not_resumed_against_another_reference()
    {
        using var folder = new TemporaryFolder();
        GrpoOptions options = Options with
        {
            Steps = 1, Objective = new GrpoObjective { Loss = new PolicyLossOptions { Kl = new KlOptions { Coefficient = 0.01 } } },
            Checkpoints = new CheckpointOptions { Folder = folder["run"] },
        };
        var recorder = new Recorder();
        await Train(move: 0);
        await Train(move: 0, recorder);
        Assert.Equal(1, recorder.Run!.FirstStep); // the same beginning: it goes on, and there is nothing left to do
        CheckpointException error = await Assert.ThrowsAsync<CheckpointException>(() => Train(move: 1e-3));
        Assert.Matches("model.reference: FrozenWeights [0-9a-f]{64} -> FrozenWeights [0-9a-f]{64}", error.Message);

        async Task Train(double move, params ITrainingObserver[] observers)
        {
            using var agent = new SmallAgent();
            using (torch.no_grad())
                agent.Model.Model.Module.named_parameters().First(p => p.parameter.requires_grad).parameter.add_(move);
            await new GrpoTrainer(agent.Setup(TokenReward.Even(), observers), options).RunAsync();
        }
    }

    [Fact]
    public async Task Settings_that_cannot_work_say_what_to_do()
    {
        using var agent = new SmallAgent();
        GrpoSetup setup = agent.Setup(TokenReward.Even());
        Assert.Contains("one alone teaches nothing", (await Refused(Options with { Rollouts = new RolloutOptions { GroupSize = 1 } })).Message);
        Assert.Contains("Prompts", (await Refused(Options with { Prompts = 0 })).Message);
        Assert.Contains("one scale", (await Refused(Options with { Objective = new GrpoObjective { Advantages = new AdvantageOptions { Kind = AdvantageKind.NormalizeThenSum }, Overlong = new OverlongShaping(9, 3) } })).Message);
        Assert.Contains("MaxCompletionLength", (await Refused(Options with { Objective = new GrpoObjective { Loss = new PolicyLossOptions { Kind = PolicyLossKind.DrGrpo } } })).Message);

        Task<PixelisException> Refused(GrpoOptions options) => Assert.ThrowsAsync<PixelisException>(() => new GrpoTrainer(setup, options).RunAsync());
    }

    [Fact]
    public void Settings_travel_through_files()
    {
        using var folder = new TemporaryFolder();
        GrpoOptions options = Options with { Objective = GrpoObjective.Dapo with { Overlong = new OverlongShaping(100, 20) } };
        File.WriteAllText(folder["a.json"], GrpoOptionsFile.ToJson(options));
        Assert.Equal(GrpoOptionsFile.ToJson(options), GrpoOptionsFile.ToJson(GrpoOptionsFile.Read(folder["a.json"])));
        File.WriteAllText(folder["b.json"], """{ "rollouts": { "groupSize": 5 } }""");
        Assert.Equal((5, 64, 200), (GrpoOptionsFile.Read(folder["b.json"]).Rollouts.GroupSize, GrpoOptionsFile.Read(folder["b.json"]).Rollouts.Concurrency, GrpoOptionsFile.Read(folder["b.json"]).Steps));
        File.WriteAllText(folder["c.json"], """{ "groupSize": 5 }""");
        Assert.Contains("groupSize", Assert.Throws<PixelisException>(() => GrpoOptionsFile.Read(folder["c.json"])).Message);
    }

    private static string Describe(StepReport step) =>
        $"{step.Step} {step.Result.Loss:R} {step.Result.GradientNorm:R} {string.Join(' ', step.Numbers.Where(n => !n.Key.StartsWith("seconds", StringComparison.Ordinal)).Select(n => $"{n.Key}={n.Value:R}"))}";

    private sealed class CountingEvaluator : IAgentEvaluator
    {
        public Task<AgentScore> EvaluateAsync(int step, CancellationToken cancellationToken) => Task.FromResult(new AgentScore(step / 100.0, 1));
    }

    private sealed class LongQuestion(int every) : Data.IExampleSource
    {
        public string Name => "long";

        public long? Count => null;

        public ValueTask<Data.Example> GetAsync(long index, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new Data.Example { Id = $"q{index}", Question = index % every == 0 ? string.Concat(Enumerable.Repeat("many words ", 20_000)) : "few", Answer = "" });
    }
}
