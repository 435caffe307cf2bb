namespace Pixelis.Data.PixelBench;

/// <summary>A scene with its question, before it gets a name and a split.</summary>
internal sealed record SceneDraft(string Question, string Answer, ExampleMedia Media, IReadOnlyList<TruthObject> Truth);
