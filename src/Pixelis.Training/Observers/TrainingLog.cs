using System.Text.Json;

namespace Pixelis.Training;

/// <summary>Reads what <see cref="JsonLinesLog"/> wrote.</summary>
public static class TrainingLog
{
    /// <summary>Reads a log. A line that is no JSON object with event and step, such as one cut off by a kill, is passed over.</summary>
    public static IReadOnlyList<LogLine> Read(string file)
    {
        var lines = new List<LogLine>();
        foreach (string line in File.ReadLines(file))
        {
            if (TryRead(line, out LogLine read))
                lines.Add(read);
        }

        return lines;
    }

    internal static bool TryRead(string line, out LogLine read)
    {
        read = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("event", out JsonElement kind) || kind.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("step", out JsonElement step) || !step.TryGetInt32(out int number))
                return false;
            read = new LogLine(kind.GetString()!, number, root.Clone());
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
