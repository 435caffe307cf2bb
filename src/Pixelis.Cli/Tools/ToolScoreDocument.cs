namespace Pixelis.Cli.Tools;

/// <summary>A group's scores as <c>tools score --json</c> prints them.</summary>
/// <param name="Group">The group: <c>objects</c>, <c>documents</c>, <c>words</c>, <c>tracks</c>.</param>
/// <param name="Mean">Mean of each column.</param>
/// <param name="Items">Each item's values.</param>
internal sealed record ToolScoreDocument(string Group, IReadOnlyDictionary<string, double> Mean, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Items);
