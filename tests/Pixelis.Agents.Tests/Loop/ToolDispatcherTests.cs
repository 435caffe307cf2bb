using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Agents.Loop;
using Pixelis.Tools;

namespace Pixelis.Agents.Tests.Loop;

public class ToolDispatcherTests
{
    private static readonly JsonElement None = JsonElement.Parse("{}");

    [Fact]
    public async Task Independent_calls_of_a_turn_run_at_the_same_time()
    {
        // Each waits for the other: one after the other would never end.
        using var meeting = new Barrier(2);
        bool Meet() => meeting.SignalAndWait(TimeSpan.FromSeconds(30));
        IReadOnlyList<ToolDispatcher.Outcome> outcomes = await RunAsync([new Tool("a", true, Meet), new Tool("b", true, Meet)], "a", "b");
        Assert.Equal(["True", "True"], outcomes.Select(o => o.Result.Text));
    }

    [Fact]
    public async Task Calls_that_share_state_run_alone_and_in_the_order_they_were_written()
    {
        var order = new List<string>();
        int running = 0;
        Func<bool> Work(string name, int milliseconds) => () =>
        {
            int beside = Interlocked.Increment(ref running) - 1;
            Thread.Sleep(milliseconds);
            lock (order)
                order.Add(name);
            Interlocked.Decrement(ref running);
            return beside == 0;
        };
        ITool[] tools = [new Tool("slow", true, Work("slow", 80)), new Tool("track", false, Work("track", 40)), new Tool("next", false, Work("next", 0))];
        IReadOnlyList<ToolDispatcher.Outcome> outcomes = await RunAsync(tools, "slow", "track", "next", "slow");
        Assert.Equal(["slow", "track", "next", "slow"], order);
        Assert.All(outcomes, o => Assert.Equal("True", o.Result.Text));
    }

    [Fact]
    public async Task Outcomes_stand_in_the_order_of_the_calls()
    {
        ITool[] tools = [new Tool("slow", true, () => { Thread.Sleep(60); return true; }), new Tool("quick", true, () => false)];
        IReadOnlyList<ToolDispatcher.Outcome> outcomes = await RunAsync(tools, "slow", "quick", "nobody", "slow");
        Assert.Equal(["slow", "quick", "nobody", "slow"], outcomes.Select(o => o.Call.Name));
        Assert.Equal([false, false, true, false], outcomes.Select(o => o.Result.IsError));
        Assert.True(outcomes[0].Duration >= TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_tool_that_only_stops_the_threads_it_is_on_is_left_behind()
    {
        using var release = new ManualResetEventSlim();
        var limits = new AgentLimits { ToolTimeout = TimeSpan.FromMilliseconds(100) };
        try
        {
            IReadOnlyList<ToolDispatcher.Outcome> outcomes = await RunAsync([new Tool("stuck", false, () => release.Wait(TimeSpan.FromSeconds(60)))], limits, "stuck");
            Assert.Contains("took longer", Assert.Single(outcomes).Result.Text);
        }
        finally
        {
            release.Set();
        }
    }

    [Fact]
    public async Task Cancelling_the_episode_is_no_tools_failure()
    {
        using var cancellation = new CancellationTokenSource();
        var dispatcher = new ToolDispatcher(new ToolRegistry([new Tool("stop", true, () => { cancellation.Cancel(); return true; })]), new AgentLimits(), NullLogger.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await dispatcher.RunAsync([Call("stop")], new ToolContext { Inputs = [] }, cancellation.Token);
            cancellation.Token.ThrowIfCancellationRequested();
        });
    }

    private static Task<IReadOnlyList<ToolDispatcher.Outcome>> RunAsync(ITool[] tools, params string[] calls) => RunAsync(tools, new AgentLimits(), calls);

    private static Task<IReadOnlyList<ToolDispatcher.Outcome>> RunAsync(ITool[] tools, AgentLimits limits, params string[] calls) =>
        new ToolDispatcher(new ToolRegistry(tools), limits, NullLogger.Instance).RunAsync([.. calls.Select(Call)], new ToolContext { Inputs = [] }, CancellationToken.None);

    private static ParsedToolCall Call(string name) => ParsedToolCall.Of(new ToolCall(name, None));

    private sealed class Tool(string name, bool independent, Func<bool> work) : ITool
    {
        public ToolDefinition Definition { get; } = new(name, "A tool.", None);

        public bool IsIndependent => independent;

        public ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default) =>
            new(new ToolResult { Text = work().ToString() });
    }
}
