using System.Text.Json;
using Pixelis.Online.Audit;
using Pixelis.Online.Tests.Audit;
using Pixelis.Online.Updates;
using TorchSharp;

namespace Pixelis.Online.Tests.Updates;

/// <summary>What the worker does around updates: undo, put on record, set aside, lose nothing.</summary>
public sealed class UpdateWorkerTests : IDisposable
{
    private readonly SmallPolicy _small = new();
    private readonly AuditFolder _audit = new();
    private readonly List<UpdateOutcome> _outcomes = [];
    private readonly SemaphoreSlim _told = new(0);

    public void Dispose()
    {
        _small.Dispose();
        _audit.Dispose();
    }

    [Fact]
    public async Task Tasks_become_updates_and_updates_a_version_that_says_what_made_it()
    {
        await using var buffer = new MemoryExperienceBuffer(new ExperienceBufferOptions { Dimension = 4 });
        for (int i = 1; i <= 4; i++)
            await buffer.AddAsync(Examples.Experience($"r{i}", 4, i));
        using var worker = new UpdateWorker(Parts() with { Experiences = buffer }, Options());
        await worker.BeginAsync();
        Assert.Equal("v000001", _small.Publisher.Serving);
        float[] before = _small.Weights();
        int[] answered = await Served();
        for (int i = 1; i <= 4; i++)
            Assert.True(_small.Queue.TryEnqueue(await _small.TaskAsync(i, i)).IsAccepted);
        _small.Queue.Complete();
        await worker.RunAsync();

        Assert.All(_outcomes, o => Assert.Equal(UpdateKind.Applied, o.Kind));
        Assert.NotEqual(before, _small.Weights());
        PolicyVersion version = _small.Store.Serving!;
        Assert.Equal(("v000002", "v000001", "v000002"), (version.Id, version.Parent, _small.Publisher.Serving));
        Assert.Equal([1, 2, 3, 4], version.Experiences);
        Assert.Equal((4, "ttrl"), (version.Metrics["updates"], version.Notes["made_by"]));
        Assert.Equal([1, 2, 3, 4], await buffer.ExperiencesOfAsync("v000002"));
        Assert.NotEqual(answered, await Served()); // steps are large enough for that
        VersionOrigin origin = await worker.WhyAsync("v000002");
        Assert.Equal(["question of r1", "question of r2", "question of r3", "question of r4"], origin.Experiences.Select(e => e.Experience?.Question));
        Assert.Equal(["v000001"], origin.Ancestors.Select(a => a.Id));
        Assert.Contains("v000003", (await Assert.ThrowsAsync<PolicyStoreException>(() => worker.WhyAsync("v000003"))).Message);
    }

    [Fact]
    public async Task What_was_erased_is_not_learnt_and_what_no_version_holds_of_it_is_dropped()
    {
        await using var buffer = new MemoryExperienceBuffer(new ExperienceBufferOptions { Dimension = 4 });
        for (int i = 1; i <= 3; i++)
            await buffer.AddAsync(Examples.Experience($"r{i}", 4, i) with { Subject = i == 2 ? null : "them" });
        using var worker = new UpdateWorker(Parts() with { Experiences = buffer }, Options());
        await worker.BeginAsync();
        float[] before = _small.Everything();
        await RunAsync(worker, await _small.TaskAsync(1, 1));
        Assert.NotEqual(before, _small.Everything());
        Erasure erased = await buffer.EraseAsync("them");
        await worker.ForgetAsync(erased.Experiences);
        Assert.Equal(before, _small.Everything());

        _small.Queue.TryEnqueue(await _small.TaskAsync(3, 3)); // it waited when it was erased
        _small.Queue.TryEnqueue(await _small.TaskAsync(2, 2));
        _small.Queue.Complete();
        await worker.RunAsync();
        Assert.Equal([[1L], [2L]], _outcomes.Select(o => o.Experiences));
        Assert.Equal([2], _small.Store.Serving!.Experiences);
    }

    [Fact]
    public async Task What_waits_waits_no_more_when_a_version_holds_it_or_nothing_came_of_it()
    {
        await using var buffer = new MemoryExperienceBuffer(new ExperienceBufferOptions { Dimension = 4 });
        for (int i = 1; i <= 3; i++)
            await buffer.AddAsync(Examples.Experience($"r{i}", 4, i));
        await buffer.SetPendingAsync([1, 2, 3], true);
        var real = new TtrlObjective(_small.Policy, _small.Learner.Processor);
        var objective = new ScriptedObjective((tasks, step, cancellation) => tasks[0].Experiences[0] switch
        {
            1 => real.Update(tasks, step, cancellation),
            2 => ScriptedObjective.Nothing,
            _ => throw new InvalidOperationException("no"),
        });
        using var worker = new UpdateWorker(Parts(objective) with { Experiences = buffer }, Options());
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        foreach (long id in new long[] { 2, 3, 1 })
            await RunAsync(worker, task with { Experiences = [id] });
        Assert.Equal([1], await buffer.PendingAsync()); // learnt, and in no version yet: a crash would take it
        await worker.ReleaseAsync();
        Assert.Empty(await buffer.PendingAsync());
    }

    [Fact]
    public async Task What_is_served_is_the_average()
    {
        using var worker = new UpdateWorker(Parts(), Options() with { Safety = Loose with { AverageHalfLife = 1 } });
        await worker.BeginAsync();
        float[] start = _small.Weights();
        _small.Queue.TryEnqueue(await _small.TaskAsync());
        _small.Queue.Complete();
        await worker.RunAsync();
        float[] learnt = _small.Weights(), served;
        using (_small.Policy.UseAverage())
            served = _small.Weights();
        Assert.Equal(start.Zip(learnt, (a, b) => (a + b) / 2), served, (a, b) => Math.Abs(a - b) < 1e-6);
        // And what is on disk is that, bit for bit: a learner that begins there has it.
        _small.Policy.Load(_small.Store.Serving!.WeightsFolder);
        Assert.Equal(served, _small.Weights());
    }

    [Fact]
    public async Task An_update_that_goes_too_far_is_undone_bit_for_bit_and_put_on_record()
    {
        await using AuditLog log = _audit.Open();
        using var worker = new UpdateWorker(Parts() with { Audit = log }, Options() with { Safety = new UpdateSafetyOptions { KlLimit = 0.10 } });
        await worker.BeginAsync();
        UpdateTask far = (await _small.TaskAsync(7)) with { LearningRate = 3 }, near = (await _small.TaskAsync(8)) with { LearningRate = 1e-4 };
        await RunAsync(worker, near); // so that optimizer and average are not at their start
        float[] before = _small.Everything();
        await RunAsync(worker, far);
        Assert.Equal(UpdateKind.Blocked, _outcomes[1].Kind);
        Assert.True(_outcomes[1].Kl > 0.10);
        Assert.Equal(before, _small.Everything());
        await RunAsync(worker, near);
        Assert.Equal([UpdateKind.Applied, UpdateKind.Blocked, UpdateKind.Applied], _outcomes.Select(o => o.Kind));
        Assert.Equal(2, worker.Updates);
        await worker.ReleaseAsync();
        Assert.Equal([8], _small.Store.Serving!.Experiences);
        (string Action, string Result, string? Status)[] entries = Entries();
        Assert.Contains(("apply", "refused", "BLOCKED"), entries);
        Assert.Equal(2, entries.Count(e => e == ("apply", "success", "APPLIED")));
        Assert.Contains(("publish", "success", null), entries);
    }

    [Fact]
    public async Task A_policy_that_stands_at_the_limit_falls_back_to_its_average()
    {
        await using AuditLog log = _audit.Open();
        using var worker = new UpdateWorker(Parts() with { Audit = log }, Options() with { MaxBlockedInARow = 2, Safety = new UpdateSafetyOptions { KlLimit = 0.10, AverageDecay = 0.9 } });
        await worker.BeginAsync();
        await RunAsync(worker, (await _small.TaskAsync(1)) with { LearningRate = 1e-3 });
        float[] average;
        using (_small.Policy.UseAverage())
            average = _small.Weights();
        UpdateTask far = (await _small.TaskAsync(2)) with { LearningRate = 3 };
        await RunAsync(worker, far);
        Assert.NotEqual(average, _small.Weights());
        await RunAsync(worker, far);
        Assert.Equal([UpdateKind.Applied, UpdateKind.Blocked, UpdateKind.Blocked], _outcomes.Select(o => o.Kind));
        Assert.Equal(average, _small.Weights());
        Assert.Contains(("fall-back", "success", null), Entries());
    }

    [Fact]
    public async Task What_is_not_a_number_is_undone()
    {
        var objective = new ScriptedObjective((_, _, _) =>
        {
            using IDisposable noGrad = torch.no_grad();
            _small.Adapters.NamedParameters("policy").First().Parameter.fill_(double.NaN);
            return new UpdateMeasures { HasChanged = true };
        });
        using var worker = new UpdateWorker(Parts(objective), Options());
        await worker.BeginAsync();
        float[] before = _small.Everything();
        await RunAsync(worker, await _small.TaskAsync());
        Assert.Equal(UpdateKind.NotFinite, Assert.Single(_outcomes).Kind);
        Assert.Equal(before, _small.Everything());
        Assert.Equal(ReleaseKind.Nothing, (await worker.ReleaseAsync()).Kind);
    }

    [Fact]
    public async Task A_task_that_cannot_be_learnt_from_is_set_aside_and_the_next_one_is_learnt()
    {
        await using AuditLog log = _audit.Open();
        using var worker = new UpdateWorker(Parts() with { Audit = log }, Options());
        await worker.BeginAsync();
        UpdateTask good = await _small.TaskAsync(1);
        UpdateTask bad = good with { Experiences = [2], Episodes = [.. good.Episodes.Select(e => e with { Question = "Another question." , Turns = [.. e.Turns.Select(t => t with { Text = "changed " + t.Text })] })] };
        float[] before = _small.Everything();
        await RunAsync(worker, bad);
        Assert.Equal(before, _small.Everything());
        Assert.Equal("Degraded", worker.Health.State.ToString());
        await RunAsync(worker, good);
        Assert.Equal([UpdateKind.Failed, UpdateKind.Applied], _outcomes.Select(o => o.Kind));
        SetAsideTask aside = Assert.Single(worker.SetAside);
        Assert.Equal(bad, aside.Task);
        Assert.Contains("differs from the record", aside.Reason);
        Assert.Contains(("set-aside", "failed", "FAILED"), Entries());
        Assert.DoesNotContain("question", string.Concat(_audit.Files.Select(File.ReadAllText)), StringComparison.OrdinalIgnoreCase); // no content on record
        Assert.Equal("Healthy", worker.Health.State.ToString());
    }

    [Fact]
    public async Task When_task_after_task_fails_the_worker_fails_and_the_rest_still_waits()
    {
        var objective = new ScriptedObjective((_, _, _) => throw new InvalidOperationException("the weights are gone"));
        using var worker = new UpdateWorker(Parts(objective), Options() with { MaxFailuresInARow = 3 });
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        for (int i = 1; i <= 5; i++)
            _small.Queue.TryEnqueue(task with { Experiences = [i] });
        PixelisException error = await Assert.ThrowsAsync<PixelisException>(() => worker.RunAsync());
        Assert.Contains("3 updates in a row", error.Message);
        Assert.Equal("the weights are gone", error.InnerException!.Message);
        Assert.Equal(3, _outcomes.Count);
        Assert.All(worker.SetAside, s => Assert.Equal("the weights are gone", s.Reason));
        Assert.Equal([1, 2, 3], worker.SetAside.SelectMany(s => s.Task.Experiences));
        Assert.Equal([4, 5], worker.TakeUnfinished().SelectMany(t => t.Experiences));
    }

    [Fact]
    public async Task Cancelled_in_the_middle_the_task_is_the_first_of_the_next_run()
    {
        var begun = new TaskCompletionSource();
        bool waits = true;
        var real = new TtrlObjective(_small.Policy, _small.Learner.Processor);
        var objective = new ScriptedObjective((tasks, step, cancellation) =>
        {
            UpdateMeasures measures = real.Update(tasks, step, cancellation);
            if (!waits)
                return measures;
            begun.SetResult();
            cancellation.WaitHandle.WaitOne(); // the weights have changed already
            throw new OperationCanceledException(cancellation);
        });
        using var worker = new UpdateWorker(Parts(objective), Options());
        await worker.BeginAsync();
        float[] before = _small.Everything();
        _small.Queue.TryEnqueue(await _small.TaskAsync(1, 1));
        _small.Queue.TryEnqueue(await _small.TaskAsync(2, 2));
        using var stop = new CancellationTokenSource();
        Task run = worker.RunAsync(stop.Token);
        await begun.Task;
        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.RunAsync()); // one writer
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(before, _small.Everything());
        waits = false;
        _small.Queue.Complete();
        await worker.RunAsync();
        Assert.Equal([1, 2], _outcomes.SelectMany(o => o.Experiences));
        Assert.Equal([1, 2], _small.Store.Serving!.Experiences);
    }

    [Fact]
    public async Task An_update_that_cannot_be_put_on_record_does_not_stay()
    {
        AuditLog log = _audit.Open();
        using var worker = new UpdateWorker(Parts() with { Audit = log }, Options());
        await worker.BeginAsync();
        await log.DisposeAsync();
        float[] before = _small.Everything();
        _small.Queue.TryEnqueue(await _small.TaskAsync(5));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => worker.RunAsync());
        Assert.Equal(before, _small.Everything());
        Assert.Equal([5], worker.TakeUnfinished().SelectMany(t => t.Experiences));
    }

    [Fact]
    public async Task Tasks_that_wait_are_learnt_together_when_that_is_asked_for()
    {
        var objective = new ScriptedObjective((_, _, _) => ScriptedObjective.Nothing);
        using var worker = new UpdateWorker(Parts(objective), Options() with { TasksPerUpdate = 3 });
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        for (int i = 1; i <= 4; i++)
            _small.Queue.TryEnqueue(task with { Experiences = [i], LearningRate = i });
        _small.Queue.Complete();
        await worker.RunAsync();
        Assert.Equal([[1L, 2, 3], [4]], _outcomes.Select(o => o.Experiences));
        Assert.Equal([2, 4], objective.Steps.Select(s => s.LearningRate)); // the mean
    }

    [Fact]
    public async Task In_shadow_mode_versions_are_made_and_the_first_one_serves_on()
    {
        using var worker = new UpdateWorker(Parts(), Options() with { Mode = OnlineMode.Shadow });
        await worker.BeginAsync();
        int[] answered = await Served();
        _small.Queue.TryEnqueue(await _small.TaskAsync());
        _small.Queue.Complete();
        await worker.RunAsync();
        Assert.Equal(("v000001", "v000002", "v000001"), (_small.Store.Serving!.Id, _small.Store.Learning!.Id, _small.Publisher.Serving));
        Assert.Equal(answered, await Served());
    }

    [Fact]
    public async Task In_read_only_mode_nothing_is_taken_and_the_version_is_served()
    {
        using var worker = new UpdateWorker(Parts(), Options() with { Mode = OnlineMode.ReadOnly });
        await worker.RunAsync();
        Assert.Equal("v000001", _small.Publisher.Serving);
        Assert.Equal(EnqueueOutcome.Closed, _small.Queue.TryEnqueue(await _small.TaskAsync()).Outcome);
    }

    [Fact]
    public async Task A_new_process_goes_on_where_the_last_one_was()
    {
        float[] served;
        using (var worker = new UpdateWorker(Parts(), Options()))
        {
            await worker.BeginAsync();
            await RunAsync(worker, await _small.TaskAsync());
            await worker.ReleaseAsync();
            using (_small.Policy.UseAverage())
                served = _small.Weights();
        }
        using (torch.no_grad())
            _small.Adapters.NamedParameters("policy").First().Parameter.add_(1); // another process would begin with other weights
        using var next = new UpdateWorker(Parts(), Options());
        await next.BeginAsync();
        Assert.Equal(served, _small.Weights());
        Assert.Equal("v000002", _small.Publisher.Serving);
    }

    private static UpdateSafetyOptions Loose { get; } = new() { KlLimit = 1000, AverageDecay = 0.1 };

    private static UpdateOptions Options() => new() { Safety = Loose };

    private UpdateWorkerParts Parts(IUpdateObjective? objective = null) => _small.Parts(objective) with
    {
        Observer = outcome =>
        {
            _outcomes.Add(outcome);
            _told.Release();
        },
    };

    private async Task<int[]> Served()
    {
        using PolicyLease lease = _small.Publisher.Acquire();
        return await SmallPolicy.GreedyAsync(lease.Agent);
    }

    // Until one more outcome is told.
    private async Task RunAsync(UpdateWorker worker, UpdateTask task)
    {
        using var stop = new CancellationTokenSource();
        Task run = worker.RunAsync(stop.Token);
        _small.Queue.TryEnqueue(task);
        await await Task.WhenAny(run, _told.WaitAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private (string Action, string Result, string? Status)[] Entries() =>
    [
        .. _audit.Files.SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement).Where(e => e.TryGetProperty("action", out JsonElement _)).Select(e =>
            (e.GetProperty("action").GetString()!, e.GetProperty("result").GetString()!, e.TryGetProperty("metadata", out JsonElement m) && m.TryGetProperty("status", out JsonElement s) ? s.GetString() : null)),
    ];
}
