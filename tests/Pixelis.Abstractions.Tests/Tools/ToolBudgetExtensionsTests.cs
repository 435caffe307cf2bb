using System.Diagnostics;
using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Abstractions.Tests.Tools;

public class ToolBudgetExtensionsTests
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private static readonly ToolContext Episode = new() { Inputs = [] };

    private static ToolResult Pictures(int count) => new()
    {
        Text = "here",
        Images = [.. Enumerable.Range(0, count).Select(_ => new ToolImage(PixelImage.Wrap(10, 10, PixelFormat.Rgb24, new byte[300])))],
    };

    [Fact]
    public async Task Within_its_budget_a_tool_is_as_it_was()
    {
        ITool tool = new OwnTool(_ => Pictures(2));
        ITool bounded = tool.WithBudget(new ToolBudget { Pixels = 200 });
        Assert.Same(tool.Definition, bounded.Definition);
        Assert.Equal("here", (await bounded.InvokeAsync(Nothing, Episode)).Text);
    }

    [Fact]
    public async Task Too_many_pixels_become_a_message()
    {
        ToolResult result = await new OwnTool(_ => Pictures(2)).WithBudget(new ToolBudget { Pixels = 199 }).InvokeAsync(Nothing, Episode);
        Assert.True(result.IsError);
        Assert.Contains("200 pixels; at most 199", result.Text);
        Assert.Empty(result.Images);
    }

    [Fact]
    public async Task A_tool_that_blocks_its_thread_and_heeds_no_token_is_left_behind_with_a_message()
    {
        using var release = new ManualResetEventSlim();
        ITool tool = new OwnTool(_ =>
        {
            release.Wait(CancellationToken.None);
            return Pictures(0);
        });
        long started = Stopwatch.GetTimestamp();
        ToolResult result = await tool.WithBudget(new ToolBudget { Time = TimeSpan.FromMilliseconds(50) }).InvokeAsync(Nothing, Episode);
        release.Set();
        Assert.True(result.IsError);
        Assert.Contains("took longer than 0.05 s", result.Text);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_a_tool_left_behind_still_uses_outlives_the_episode_until_it_returns()
    {
        using var release = new ManualResetEventSlim();
        using var kept = new CancellationTokenSource(); // stands for anything disposable: its token throws once it is disposed
        var state = new EpisodeState();
        state.GetOrAdd("kept", () => kept);
        bool wasAlive = false;
        ITool tool = new OwnTool(_ =>
        {
            release.Wait(CancellationToken.None);
            wasAlive = IsAlive(kept) && ReferenceEquals(kept, state.GetOrAdd("kept", () => new CancellationTokenSource()));
            return Pictures(0);
        });
        ToolResult result = await tool.WithBudget(new ToolBudget { Time = TimeSpan.FromMilliseconds(20) }).InvokeAsync(Nothing, new ToolContext { Inputs = [], State = state });
        Assert.True(result.IsError);
        state.Dispose();
        state.Dispose();
        Assert.True(IsAlive(kept));
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(kept), TimeSpan.FromSeconds(30)));
        Assert.True(wasAlive);
        Assert.Throws<ObjectDisposedException>(() => state.GetOrAdd("kept", () => kept));
    }

    [Fact]
    public async Task A_call_that_returned_holds_nothing()
    {
        using var kept = new CancellationTokenSource();
        var state = new EpisodeState();
        state.GetOrAdd("kept", () => kept);
        await new OwnTool(_ => Pictures(0)).WithBudget().InvokeAsync(Nothing, new ToolContext { Inputs = [], State = state });
        state.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(kept), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_tool_that_heeds_its_token_is_cancelled_by_its_own_declared_budget()
    {
        bool cancelled = false;
        ITool tool = new OwnTool(token =>
        {
            cancelled = token.WaitHandle.WaitOne(TimeSpan.FromSeconds(60));
            token.ThrowIfCancellationRequested();
            return Pictures(0);
        })
        { Budget = new ToolBudget { Time = TimeSpan.FromMilliseconds(20) } };
        Assert.True((await tool.WithBudget().InvokeAsync(Nothing, Episode)).IsError);
        Assert.True(SpinWait.SpinUntil(() => cancelled, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_message()
    {
        using var cancellation = new CancellationTokenSource();
        ITool tool = new OwnTool(token =>
        {
            cancellation.Cancel();
            token.ThrowIfCancellationRequested();
            return Pictures(0);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await tool.WithBudget().InvokeAsync(Nothing, Episode, cancellation.Token));
    }

    [Fact]
    public async Task A_failure_comes_through() => await Assert.ThrowsAsync<InvalidDataException>(
        async () => await new OwnTool(_ => throw new InvalidDataException()).WithBudget().InvokeAsync(Nothing, Episode));

    [Fact]
    public void The_smaller_of_two_budgets_holds_and_an_empty_one_is_refused()
    {
        ITool tool = new OwnTool(_ => Pictures(0)) { Budget = new ToolBudget { Time = TimeSpan.FromSeconds(1), Pixels = 1000 } };
        Assert.Equal(new ToolBudget { Time = TimeSpan.FromSeconds(1), Pixels = 10 }, tool.WithBudget(new ToolBudget { Pixels = 10 }).Budget);
        Assert.Throws<ArgumentException>(() => tool.WithBudget(new ToolBudget { Time = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => tool.WithBudget(new ToolBudget { Pixels = 0 }));
    }

    private static bool IsAlive(CancellationTokenSource source)
    {
        try
        {
            return source.Token.CanBeCanceled;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private sealed class OwnTool(Func<CancellationToken, ToolResult> work) : ITool
    {
        public ToolDefinition Definition { get; } = new("own", "A tool of a test.", Nothing);

        public ToolBudget Budget { get; init; } = ToolBudget.Default;

        public ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(work(cancellationToken));
    }
}
