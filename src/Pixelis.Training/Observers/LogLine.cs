using System.Text.Json;

namespace Pixelis.Training;

/// <summary>A line of a run's log.</summary>
/// <param name="Event"><c>start</c>, <c>step</c>, <c>evaluation</c>, <c>notice</c> or <c>end</c>.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Fields">The whole object.</param>
public readonly record struct LogLine(string Event, int Step, JsonElement Fields)
{
    /// <summary>A field that is a number; null when it is absent or none.</summary>
    public double? Number(string name) =>
        Fields.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
