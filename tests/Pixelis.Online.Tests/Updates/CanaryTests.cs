using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Online.Alerts;
using Pixelis.Online.Audit;
using Pixelis.Online.Tests.Alerts;
using Pixelis.Online.Tests.Audit;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Updates;

/// <summary>A version is tried before it is served, and what is bad is undone by itself; what was served can be undone by hand.</summary>
public sealed class CanaryTests : IDisposable
{
    private readonly SmallPolicy _small = new();
    private readonly List<ReleaseOutcome> _releases = [];
    private readonly RecordingSink _alerts = new();
    private readonly SemaphoreSlim _learnt = new(0);

    private AlertMonitor Monitor => new(AlertRules.Default, [_alerts]);

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task A_deliberately_bad_update_is_rolled_back_by_the_canary_and_a_good_one_is_published()
    {
        using var audit = new AuditFolder();
        await using AuditLog log = audit.Open();
        using var worker = new UpdateWorker(Parts() with { Canary = await HeldSetAsync(), Audit = log, Alerts = Monitor }, Options);
        await worker.BeginAsync();
        int[] answered = await ServedAsync();

        UpdateTask task = await _small.TaskAsync(1);
        await LearnAsync(worker, task with { LearningRate = 5, Experiences = [1] });
        ReleaseOutcome bad = await worker.ReleaseAsync();
        Assert.Equal(ReleaseKind.Rejected, bad.Kind);
        Assert.Contains("is right on", worker.Health.Reason);
        Assert.True(bad.Score!.Value.Accuracy < 0.9, $"{bad.Score}");
        Assert.Equal(1, bad.Best);
        Assert.Equal("v000001", _small.Publisher.Serving);
        Assert.Equal("v000001", _small.Store.Serving!.Id);
        Assert.Single(_small.Store.Versions);
        Assert.Equal(answered, await ServedAsync());
        float[] back = _small.Everything();
        _small.Policy.Load(_small.Store.Serving!.WeightsFolder);
        Assert.Equal(_small.Everything(), back); // the learner is the last good version, bit for bit
        Assert.Equal("canary-rejected", Assert.Single(_alerts.Alerts, a => a.Rule.Metric == AlertRules.CanaryRejected).Rule.Name);
        Assert.Contains(File.ReadLines(audit.Files.Single()), l => l.Contains("\"CANARY\"", StringComparison.Ordinal) && l.Contains("refused", StringComparison.Ordinal));

        await LearnAsync(worker, task with { LearningRate = 1e-5, Experiences = [2] });
        ReleaseOutcome good = await worker.ReleaseAsync();
        Assert.Equal((ReleaseKind.Published, "v000002"), (good.Kind, good.Version!.Id));
        Assert.Equal([2], good.Version.Experiences); // what the bad one learnt is not in it
        Assert.Equal((1, 1), (good.Version.Metrics["canary.accuracy"], good.Version.Metrics["canary.best"]));
        Assert.True(_alerts.Alerts[^1].IsResolved);
        Assert.Equal("", worker.Health.Reason);
    }

    [Fact]
    public async Task Many_small_losses_do_not_add_up()
    {
        double[] accuracies = [0.80, 0.79, 0.785, 0.775]; // each less than two points under the one before; the last is more than two under the best
        int asked = 0;
        using var worker = new UpdateWorker(Parts() with { Canary = new ScriptedCanary(_ => accuracies[asked++]) }, Options);
        await worker.BeginAsync();
        for (int i = 1; i <= 3; i++)
        {
            await LearnAsync(worker, (await _small.TaskAsync(i)) with { LearningRate = 1e-5 });
            await worker.ReleaseAsync();
        }
        Assert.Equal([ReleaseKind.Published, ReleaseKind.Published, ReleaseKind.Rejected], _releases.Select(r => r.Kind));
        Assert.All(_releases, r => Assert.Equal(0.80, r.Best));
    }

    [Fact]
    public async Task What_is_known_of_a_version_is_not_measured_again_unless_by_another_canary()
    {
        int asked = 0;
        var canary = new ScriptedCanary(_ => 0.5 + (++asked * 0.01));
        using (var worker = new UpdateWorker(Parts() with { Canary = canary }, Options))
        {
            await worker.BeginAsync();
            await LearnAsync(worker, (await _small.TaskAsync()) with { LearningRate = 1e-5 });
            await worker.ReleaseAsync();
        }
        Assert.Equal(2, asked);
        using (var same = new UpdateWorker(Parts() with { Canary = canary }, Options))
            await same.BeginAsync();
        Assert.Equal(2, asked);
        using (var other = new UpdateWorker(Parts() with { Canary = new ScriptedCanary(_ => ++asked, "other") }, Options))
            await other.BeginAsync();
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_canary_that_fails_publishes_nothing_and_what_was_learnt_is_tried_again()
    {
        int asked = 0;
        var canary = new ScriptedCanary(_ => ++asked == 2 ? throw new PixelisException("the held set is gone") : 0.5);
        using var worker = new UpdateWorker(Parts() with { Canary = canary }, Options);
        await worker.BeginAsync();
        await LearnAsync(worker, (await _small.TaskAsync()) with { LearningRate = 1e-5 });
        ReleaseOutcome failed = await worker.ReleaseAsync();
        Assert.Equal((ReleaseKind.Failed, "v000001"), (failed.Kind, _small.Publisher.Serving));
        Assert.Empty(Directory.EnumerateDirectories(_small.Store.Folder, ".v*"));
        ReleaseOutcome again = await worker.ReleaseAsync();
        Assert.Equal((ReleaseKind.Published, 1), (again.Kind, again.Version!.Experiences.Count));
    }

    [Fact]
    public async Task A_version_can_be_put_back_by_hand()
    {
        using var audit = new AuditFolder();
        await using AuditLog log = audit.Open();
        using var worker = new UpdateWorker(Parts() with { Audit = log }, Options);
        await worker.BeginAsync();
        int[] first = await ServedAsync();
        for (int i = 1; i <= 2; i++)
        {
            await LearnAsync(worker, (await _small.TaskAsync(i)) with { LearningRate = 0.1 });
            await worker.ReleaseAsync();
        }
        Assert.Equal("v000003", _small.Publisher.Serving);
        Assert.NotEqual(first, await ServedAsync());
        PolicyStoreException error = await Assert.ThrowsAsync<PolicyStoreException>(() => worker.RollbackAsync("v000009"));
        Assert.Contains("v000003, v000002, v000001", error.Message);
        Assert.Equal("v000003", _small.Publisher.Serving);

        await LearnAsync(worker, (await _small.TaskAsync(3)) with { LearningRate = 0.1 }); // in no version yet
        Assert.Equal(ReleaseKind.RolledBack, (await worker.RollbackAsync("v000001", "person-1f")).Kind);
        Assert.Equal(("v000001", "v000001", "v000001"), (_small.Publisher.Serving, _small.Store.Serving!.Id, _small.Store.Learning!.Id));
        Assert.Equal(first, await ServedAsync());
        Assert.Equal(ReleaseKind.Nothing, (await worker.ReleaseAsync()).Kind);
        Assert.Contains(File.ReadLines(audit.Files.Single()), l => l.Contains("roll-back", StringComparison.Ordinal) && l.Contains("person-1f", StringComparison.Ordinal));

        await LearnAsync(worker, (await _small.TaskAsync(4)) with { LearningRate = 0.1 });
        ReleaseOutcome next = await worker.ReleaseAsync();
        Assert.Equal(("v000004", "v000001", 4), (next.Version!.Id, next.Version.Parent, next.Version.Experiences.Single())); // numbers are never used twice
    }

    private static UpdateOptions Options { get; } = new() { Safety = new UpdateSafetyOptions { KlLimit = 1e6, AverageDecay = 0 }, PublishEvery = 1000 };

    private UpdateWorkerParts Parts() => _small.Parts() with { ReleaseObserver = _releases.Add, Observer = _ => _learnt.Release() };

    // What the policy answers now is held to be right: a set on which it is perfect.
    private async Task<ICanary> HeldSetAsync()
    {
        using (var begun = new UpdateWorker(_small.Parts(), Options))
            await begun.BeginAsync();
        var examples = new List<Example>();
        using PolicyLease lease = _small.Publisher.Acquire();
        for (int i = 0; examples.Count < 8; i++)
        {
            string question = $"Question {i}?";
            if ((await lease.Agent.RecordAsync(new AgentRequest(question, []))).Trajectory.Answer is { } answer && VotingForm.Of(answer).Length > 0)
                examples.Add(new Example { Id = $"e{i}", Question = question, Answer = answer });
        }
        return new AgentCanary(EvaluationData.Of("held", examples));
    }

    private async Task LearnAsync(UpdateWorker worker, UpdateTask task)
    {
        using var stop = new CancellationTokenSource();
        Task run = worker.RunAsync(stop.Token);
        await _small.Queue.EnqueueAsync(task);
        await await Task.WhenAny(run, _learnt.WaitAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private async Task<int[]> ServedAsync()
    {
        using PolicyLease lease = _small.Publisher.Acquire();
        return await SmallPolicy.GreedyAsync(lease.Agent);
    }

    private sealed class ScriptedCanary(Func<PixelisAgent, double> measure, string name = "scripted") : ICanary
    {
        public string Name => name;

        public Task<CanaryScore> MeasureAsync(PixelisAgent agent, CancellationToken cancellationToken) => Task.FromResult(new CanaryScore(measure(agent), 100));
    }
}
