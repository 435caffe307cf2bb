namespace Pixelis.Evaluation;

/// <summary>One item's score: names and values in the order of the table's columns.</summary>
/// <param name="Id">The item.</param>
/// <param name="Group">The group that it is averaged in: <c>objects</c>, <c>documents</c>, <c>words</c>, <c>tracks</c>.</param>
/// <param name="Values">Values by column name.</param>
/// <param name="Seconds">Wall clock time of the tool.</param>
public sealed record ToolScore(string Id, string Group, IReadOnlyDictionary<string, double> Values, double Seconds);
