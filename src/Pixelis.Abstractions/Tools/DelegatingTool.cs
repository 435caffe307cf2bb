using System.Text.Json;

namespace Pixelis.Tools;

/// <summary>A tool around another one: the base of budgets, timeouts, caches and telemetry.</summary>
public abstract class DelegatingTool(ITool inner) : ITool
{
    /// <summary>The wrapped tool.</summary>
    protected ITool Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc />
    public virtual ToolDefinition Definition => Inner.Definition;

    /// <inheritdoc />
    public virtual IReadOnlyList<string> Aliases => Inner.Aliases;

    /// <inheritdoc />
    public virtual bool IsIndependent => Inner.IsIndependent;

    /// <inheritdoc />
    public virtual ToolBudget Budget => Inner.Budget;

    /// <inheritdoc />
    public virtual ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default) =>
        Inner.InvokeAsync(arguments, context, cancellationToken);
}
