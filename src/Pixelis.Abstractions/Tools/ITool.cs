using System.Text.Json;

namespace Pixelis.Tools;

/// <summary>
/// Something a model can call. Implementations are thread-safe (one instance serves many episodes at once), never change their
/// inputs, and answer bad arguments with <see cref="ToolResult.Error"/> instead of throwing.
/// </summary>
public interface ITool
{
    /// <summary>Name, description and argument schema.</summary>
    ToolDefinition Definition { get; }

    /// <summary>Other names the tool answers to.</summary>
    IReadOnlyList<string> Aliases => [];

    /// <summary>Whether calls of one turn may run at the same time as others. False for tools that change <see cref="ToolContext.State"/>.</summary>
    bool IsIndependent => true;

    /// <summary>What a call may spend. Who runs the tool enforces it (<see cref="ToolBudgetExtensions.WithBudget"/>); agents do.</summary>
    ToolBudget Budget => ToolBudget.Default;

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">The arguments as the model wrote them; untrusted.</param>
    /// <param name="context">The episode.</param>
    /// <param name="cancellationToken">Ends the call; long work checks it often.</param>
    ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default);
}
