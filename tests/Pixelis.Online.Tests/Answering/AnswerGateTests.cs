using Pixelis.Online.State;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Answering;

/// <summary>Each gate closes when it should, alone, and says so; what it held back is kept all the same.</summary>
public sealed class AnswerGateTests
{
    [Fact]
    public async Task Confidence() => await HeldBackAsync(new Bench("red", "blue", "green", "red"), "confidence", new ConfidenceGate(0.7));

    [Fact]
    public async Task Majority() => await HeldBackAsync(new Bench("yes"), "majority", new MajorityGate(), "Is it red?"); // four votes for yes can be chance

    [Fact]
    public async Task Novelty_of_what_is_unlike_anything()
    {
        var bench = new Bench("red");
        await bench.RememberAsync("red", 120);
        await HeldBackAsync(bench, "novelty", new NoveltyGate());
    }

    [Fact]
    public async Task Novelty_of_what_was_learnt_already()
    {
        var bench = new Bench("red");
        bench.Learnt.Add((await bench.RememberAsync("red", 1)).Id);
        OnlineAnswer held = await HeldBackAsync(bench, "novelty", new NoveltyGate());
        Assert.Contains("learnt already", held.Gates.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_only_remembered_is_not_known_yet()
    {
        var bench = new Bench("red");
        await bench.RememberAsync("red", 1);
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { Gates = new GateChain([new NoveltyGate()]) });
        Assert.Equal(AnswerUse.Queued, (await agent.AskAsync(Bench.Ask())).Use);
        Assert.Equal("novelty", Assert.Single((await agent.AskAsync(Bench.Ask())).Gates.Blocked).Gate); // the one that was queued
    }

    [Fact]
    public async Task Rate()
    {
        var time = new Support.ManualTime();
        var bench = new Bench("red") { Rate = new UpdateRate(1, time) };
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { Gates = new GateChain([new RateGate(1)]) });
        Assert.Equal(AnswerUse.Queued, (await agent.AskAsync(Bench.Ask())).Use);
        OnlineAnswer held = await agent.AskAsync(Bench.Ask());
        Assert.Equal((AnswerUse.Collected, "rate"), (held.Use, Assert.Single(held.Gates.Blocked).Gate));
        time.Advance(61);
        Assert.Equal(AnswerUse.Queued, (await agent.AskAsync(Bench.Ask())).Use);
    }

    [Fact]
    public async Task Rate_when_another_request_took_the_last_update_after_the_gate_was_asked()
    {
        var bench = new Bench("red") { Rate = new UpdateRate(1, new Support.ManualTime()) };
        OnlineAgent agent = await bench.AgentAsync(); // no gate of that name
        await agent.AskAsync(Bench.Ask());
        OnlineAnswer held = await agent.AskAsync(Bench.Ask());
        Assert.Equal((AnswerUse.Collected, "rate"), (held.Use, Assert.Single(held.Gates.Blocked).Gate));
    }

    [Fact]
    public async Task Drift()
    {
        var bench = new Bench("red") { Drift = new DriftMonitor(2, reference: 20, window: 5), Queue = new UpdateQueue(64) };
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { Gates = new GateChain([new DriftGate()]), Neighbors = 0 });
        for (int i = 0; i < 20; i++)
            Assert.True((await agent.AskAsync(Bench.Ask($"? @{i % 5}"))).Gates.Passed);
        OnlineAnswer held = await agent.AskAsync(Bench.Ask("? @100"));
        for (int i = 0; i < 6; i++)
            held = await agent.AskAsync(Bench.Ask($"? @{100 + i}"));
        Assert.Equal("drift", Assert.Single(held.Gates.Blocked).Gate);
    }

    [Fact]
    public async Task A_full_queue_does_not_hold_the_answer_up()
    {
        var bench = new Bench("red") { Queue = new UpdateQueue(1) };
        OnlineAgent agent = await bench.AgentAsync();
        await agent.AskAsync(Bench.Ask());
        OnlineAnswer held = await agent.AskAsync(Bench.Ask());
        Assert.Equal((AnswerUse.Collected, "queue"), (held.Use, Assert.Single(held.Gates.Blocked).Gate));
        Assert.Equal([1], await bench.Buffer.PendingAsync()); // what was not taken does not wait
        bench.Queue.Complete();
        bench.Queue.TakeAll();
        Assert.Equal("queue", Assert.Single((await agent.AskAsync(Bench.Ask())).Gates.Blocked).Gate);
    }

    [Fact]
    public async Task A_stream_waits_for_room_and_can_be_ended_there()
    {
        var bench = new Bench("red") { Queue = new UpdateQueue(1) };
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { WaitsForLearning = true });
        await agent.AskAsync(Bench.Ask());
        Task<OnlineAnswer> waiting = agent.AskAsync(Bench.Ask());
        await bench.Buffer.Adding.Task;
        Assert.False(waiting.IsCompleted);
        Assert.NotEmpty(bench.Queue.TakeAll());
        Assert.Equal(AnswerUse.Queued, (await waiting).Use);

        using var stop = new CancellationTokenSource();
        Task<OnlineAnswer> ended = agent.AskAsync(Bench.Ask(), stop.Token);
        while (await bench.Buffer.CountAsync() < 3)
            await Task.Yield();
        await stop.CancelAsync();
        OnlineAnswer answered = await ended; // it is remembered, so it is answered
        Assert.Equal((AnswerUse.Collected, "queue"), (answered.Use, Assert.Single(answered.Gates.Blocked).Gate));
        Assert.Empty(answered.Failures);
        Assert.Contains(answered.Experience!.Value, await bench.Buffer.PendingAsync()); // and learnt after the next start
    }

    [Fact]
    public async Task Nothing_is_learnt_from_what_holds_personal_data()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        OnlineAnswer held = await agent.AskAsync(Bench.Ask("Is +44 20 7946 0958 red?"));
        Assert.Equal((AnswerUse.Collected, "privacy", 0), (held.Use, Assert.Single(held.Gates.Blocked).Gate, bench.Queue.Waiting));
        Experience kept = (await bench.Buffer.FindAsync(held.Experience!.Value))!;
        Assert.DoesNotContain("7946", kept.Question, StringComparison.Ordinal);
        Assert.All(kept.Episodes, e => Assert.Empty(e.TokenIds));
    }

    private static async Task<OnlineAnswer> HeldBackAsync(Bench bench, string name, IGate gate, string question = "What is it?")
    {
        OnlineAgent open = await bench.AgentAsync(Bench.Open with { Mode = OnlineMode.ReadOnly, Gates = new GateChain([]) });
        Assert.True((await open.AskAsync(Bench.Ask(question))).Gates.Passed);
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { Gates = new GateChain([gate]) });
        OnlineAnswer held = await agent.AskAsync(Bench.Ask(question));
        Assert.Equal(name, Assert.Single(held.Gates.Blocked).Gate);
        Assert.Equal((AnswerUse.Collected, 0), (held.Use, bench.Queue.Waiting));
        Assert.NotNull(await bench.Buffer.FindAsync(held.Experience!.Value));
        return held;
    }
}
