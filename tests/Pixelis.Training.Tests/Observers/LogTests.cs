using Pixelis.TestKit;
using Pixelis.Training.Tests.Support;
using Pixelis.Trajectories;

namespace Pixelis.Training.Tests.Observers;

public class LogTests
{
    private static readonly SftOptions Options = new()
    {
        Steps = 9, Data = new SftDataOptions { BatchSize = 2, BucketBatches = 2 }, Evaluation = new EvaluationOptions { Every = 3 },
        Optimization = new OptimizationOptions { LearningRate = 0.05 },
    };

    [Fact]
    public async Task A_resumed_run_has_one_line_for_each_step_and_a_report()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        await Train(folder, new Recorder { AfterStep = s => { if (s.Step == 5) stop.Cancel(); } }, stop.Token);
        File.AppendAllText(folder["log.jsonl"], "{\"event\": \"step\", \"step\": 6, \"loss\": 1}\n{\"event\": \"st"); // as a kill leaves it
        await Train(folder, new Recorder(), default);
        IReadOnlyList<LogLine> log = TrainingLog.Read(folder["log.jsonl"]);
        Assert.Equal(Enumerable.Range(1, 9), log.Where(l => l.Event == "step").Select(l => l.Step));
        Assert.Equal([3, 6, 9], log.Where(l => l.Event == "evaluation").Select(l => l.Step));
        Assert.All(log.Where(l => l.Event == "step"), l => Assert.InRange(l.Number("loss")!.Value, 0.01, 100));
        Assert.Equal("Completed", log[^1].Fields.GetProperty("end").GetString());

        string html = File.ReadAllText(folder["report.html"]);
        Assert.Contains("<polyline", html);
        Assert.Contains("spot 25", html);
        Assert.Contains("srcdoc=\"&lt;p&gt;episode of &lt;b&gt;", html); // whole pages, escaped into the attribute
        Assert.Contains("&lt;q&gt;", html);
        Assert.DoesNotContain("<q>", html);
        Assert.Equal(2, Directory.GetFiles(folder["board"]).Length);
    }

    [Fact]
    public void The_terminal_shows_progress_curves_and_notices()
    {
        var output = new StringWriter();
        var view = new TerminalView(output, isLive: false);
        view.OnStart(new RunDescription(0, 10, 2_000_000, 1_000_000, new Dictionary<string, string>()));
        view.OnStep(new StepReport(1, new StepResult(2.5, 1, true, 4, 100, 110, 30), 1e-3, 0, TimeSpan.FromSeconds(2), TimeSpan.Zero));
        view.OnEvaluation(new EvaluationResult(1, 2.25, 0.5, new AgentScore(0.75, 8) { Families = new Dictionary<string, double> { ["spot"] = 0.5 } }, TimeSpan.FromSeconds(1)));
        view.OnStep(new StepReport(10, new StepResult(0.5, 1, true, 4, 100, 110, 30), 1e-3, 0, TimeSpan.FromSeconds(2), TimeSpan.Zero));
        view.OnNotice(new TrainingNotice(NoticeKind.BadStep, 10, "The loss is NaN."));
        string[] lines = output.ToString().Split(Environment.NewLine);
        Assert.Equal("Training 2.00 M of 3.00 M parameters, steps 1 to 10.", lines[0]);
        Assert.StartsWith("1/10  10%  0:18 left  loss 2.5000", lines[1]);
        Assert.Contains("50 tok/s", lines[1]);
        Assert.Equal("Step 1: loss 2.2500, token accuracy 50.0 %; agent 75.0 % of 8; spot 50 % (1.0 s)".Replace(" %", "%"), lines[2].Replace(" %", "%"));
        Assert.Contains("█▁", lines[3]);
        Assert.Contains("accuracy 75", lines[3]);
        Assert.Equal("Step 10: The loss is NaN.", lines[4]);
    }

    [Fact]
    public void Further_numbers_reach_log_report_and_terminal()
    {
        using var folder = new TemporaryFolder();
        var output = new StringWriter();
        using (var log = new JsonLinesLog(folder["log.jsonl"]))
        {
            ITrainingObserver[] observers = [log, new TerminalView(output, isLive: false)];
            for (int step = 1; step <= 3; step++)
            {
                var report = new StepReport(step, new StepResult(9, 1, true, 4, 100, 110, 30), 1e-3, 0, TimeSpan.FromSeconds(2), TimeSpan.Zero)
                {
                    Numbers = new Dictionary<string, double> { ["reward/mean"] = step * 0.25, ["reward/broken"] = double.NaN, ["policy/entropy"] = 2 }, Headline = "reward/mean",
                };
                foreach (ITrainingObserver observer in observers)
                {
                    if (step == 1)
                        observer.OnStart(new RunDescription(0, 3, 1, 0, new Dictionary<string, string>()));
                    observer.OnStep(report);
                }
            }
        }
        IReadOnlyList<LogLine> lines = TrainingLog.Read(folder["log.jsonl"]);
        Assert.Equal([0.25, 0.5, 0.75], lines.Where(l => l.Event == "step").Select(l => l.Fields.GetProperty("numbers").GetProperty("reward/mean").GetDouble()));
        string html = TrainingReport.ToHtml("run", lines);
        Assert.Contains("<figcaption>reward</figcaption>", html);
        Assert.Contains("<figcaption>policy</figcaption>", html);
        Assert.Contains("mean 0.5000", output.ToString()); // of 0.25, 0.5 and 0.75
        Assert.DoesNotContain("loss", output.ToString());
    }

    private static async Task Train(TemporaryFolder folder, Recorder recorder, CancellationToken cancellation)
    {
        using var model = new BigramModel();
        using var log = new JsonLinesLog(folder["log.jsonl"]);
        using var board = new TensorBoardLog(folder["board"]);
        var report = new HtmlReportLog("Run <1>", folder["log.jsonl"], folder["report.html"], t => $"<p>episode of <b>{t.Model}");
        var setup = new SftSetup(model, new CharacterProcessor(), new ShuffledExamples(Corpus.Sums(20), 1))
        {
            Validation = Corpus.Sums(4), Evaluator = new Always(), Observers = [log, board, recorder, report],
        };
        await new SftTrainer(setup, Options with { Checkpoints = new CheckpointOptions { Folder = folder["run"], Every = 4 } }).RunAsync(cancellation);
    }

    private sealed class Always : IAgentEvaluator
    {
        public Task<AgentScore> EvaluateAsync(int step, CancellationToken cancellationToken) => Task.FromResult(new AgentScore(0.25, 4)
        {
            Families = new Dictionary<string, double> { ["spot"] = 0.25 },
            Samples = [new Trajectory { Id = "1", Model = "m", Question = "<q>", EndReason = EndReason.Answered, Answer = "a" }],
        });
    }
}
