namespace Pixelis.Tools;

/// <summary>Puts budgets around tools.</summary>
public static class ToolBudgetExtensions
{
    /// <summary>
    /// A tool that is stopped with a message, not an exception, when a call takes longer or returns more than allowed. A tool that does not
    /// heed its cancellation token is left behind and its result dropped; it goes on using its thread until it returns.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="budget">What a call may spend; the tool's own declared budget holds too. Null for the declared one alone.</param>
    /// <exception cref="ArgumentException">The budget allows no time or no pixel.</exception>
    public static ITool WithBudget(this ITool tool, ToolBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ToolBudget whole = budget is null ? tool.Budget : tool.Budget.AtMost(budget);
        if (whole.Time <= TimeSpan.Zero || whole.Time.TotalMilliseconds > int.MaxValue || whole.Pixels < 1)
            throw new ArgumentException($"A budget needs a time from 1 tick to 24 days and at least 1 pixel, not {whole.Time} and {whole.Pixels}.", nameof(budget));
        return new BudgetedTool(tool, whole);
    }
}
