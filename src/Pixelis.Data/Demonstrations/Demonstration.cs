namespace Pixelis.Data.Demonstrations;

/// <summary>A way through a task, turn by turn; the last turn answers.</summary>
internal sealed record Demonstration(TraceKind Kind, IReadOnlyList<DemonstrationStep> Steps);
