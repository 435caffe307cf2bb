using System.Globalization;
using System.Text.Json;

namespace Pixelis.Tools;

/// <summary>Stops a tool that overruns its budget.</summary>
internal sealed class BudgetedTool(ITool inner, ToolBudget budget) : DelegatingTool(inner)
{
    public override ToolBudget Budget { get; } = budget;

    public override async ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        context.State.Hold(); // until the tool returns, which may be after the episode
        // A timer of less than a millisecond would race with the tool; without a delay the source is cancelled from the start.
        var clock = new CancellationTokenSource(Budget.Time < TimeSpan.FromMilliseconds(1) ? TimeSpan.Zero : Budget.Time);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        // On another thread: most tools work synchronously, and could not be left behind on this one.
        Task<ToolResult> call = Task.Run(() => Inner.InvokeAsync(arguments, context, stop.Token).AsTask(), CancellationToken.None);
        try
        {
            return Bound(await call.WaitAsync(stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ToolResult.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"{Definition.Name} took longer than {Budget.Time.TotalSeconds:0.###} s and was stopped. Ask for less: a smaller region or fewer frames."));
        }
        finally
        {
            // A tool left behind still uses the token and the episode's state.
            _ = call.ContinueWith(Release, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        void Release(Task<ToolResult> ended)
        {
            _ = ended.Exception; // of a tool left behind, or already with the caller
            stop.Dispose();
            clock.Dispose();
            context.State.LetGo();
        }
    }

    private ToolResult Bound(ToolResult? result)
    {
        // A tool may break its contract and return nothing; what that means is the caller's to say.
        long pixels = result?.Images?.Sum(i => i?.Image is { } image ? (long)image.Width * image.Height : 0) ?? 0;
        return pixels <= Budget.Pixels
            ? result!
            : ToolResult.Error($"The result has {pixels} pixels; at most {Budget.Pixels} are allowed. Ask for a smaller region or fewer frames.");
    }
}
