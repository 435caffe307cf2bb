namespace Pixelis.Online;

/// <summary>What an experience's label was before it was replaced.</summary>
/// <param name="ReplacedAt">When it was replaced.</param>
/// <param name="Label">What was held to be right.</param>
/// <param name="Source">Who said so.</param>
/// <param name="Confidence">How sure it was, 0 to 1.</param>
/// <param name="Priority">The priority it gave.</param>
public sealed record LabelChange(DateTimeOffset ReplacedAt, string? Label, LabelSource Source, double Confidence, double Priority);
