using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pixelis.Training.Grpo;

namespace Pixelis.Training;

/// <summary>Every setting that influences a run's numbers, as names and values that can be compared and shown.</summary>
internal static class RunConfiguration
{
    // How far to look ahead, where to write and when to measure change nothing about what is computed.
    private static readonly string[] Harmless = ["data.workers", "data.windowsAhead", "checkpoints.folder", "checkpoints.every", "checkpoints.keep", "rollouts.concurrency"];

    /// <summary>Flattens options; adds what data and model say of themselves.</summary>
    public static Dictionary<string, string> Of(SftOptions options, IReadOnlyDictionary<string, string> further) => Of(options, TrainingJson.Default.SftOptions, further);

    /// <inheritdoc cref="Of(SftOptions, IReadOnlyDictionary{string, string})"/>
    public static Dictionary<string, string> Of(GrpoOptions options, IReadOnlyDictionary<string, string> further) => Of(options, TrainingJson.Default.GrpoOptions, further);

    private static Dictionary<string, string> Of<T>(T options, JsonTypeInfo<T> type, IReadOnlyDictionary<string, string> further)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(options, type));
        Flatten(document.RootElement, "", flat);
        foreach (string name in Harmless)
            flat.Remove(name);
        foreach ((string name, string value) in further)
            flat[name] = value;
        return flat;
    }

    /// <summary>The differences, one line each: <c>name: before -> now</c>.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        [.. before.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => $"{name}: {before.GetValueOrDefault(name, "(absent)")} -> {now.GetValueOrDefault(name, "(absent)")}")];

    private static void Flatten(JsonElement element, string prefix, Dictionary<string, string> flat)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
                Flatten(property.Value, prefix.Length == 0 ? property.Name : $"{prefix}.{property.Name}", flat);
        }
        else
        {
            flat[prefix] = element.ToString();
        }
    }
}
