namespace Pixelis.Data.Grounding;

/// <summary>A picture with one or more questions about it.</summary>
internal sealed record GroundingScene(ExampleMedia Media, IReadOnlyList<(string Question, string Answer)> Questions, IReadOnlyList<TruthObject> Truth);
