using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Evaluation;

/// <summary>What two runs were set to differently.</summary>
internal static partial class SettingsDifference
{
    /// <summary>One line a value, such as <c>agent.generation.temperature: 0 -> 0.7</c>.</summary>
    public static IReadOnlyList<string> Between(EvaluationSettings first, EvaluationSettings second)
    {
        Dictionary<string, string> a = Values(first), b = Values(second);
        return [.. a.Keys.Union(b.Keys).Where(k => a.GetValueOrDefault(k) != b.GetValueOrDefault(k)).Select(k => $"{k}: {a.GetValueOrDefault(k, "-")} -> {b.GetValueOrDefault(k, "-")}")];
    }

    private static Dictionary<string, string> Values(EvaluationSettings settings)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("", JsonSerializer.SerializeToElement(settings, EvaluationJson.Default.EvaluationSettings), values);
        return values;
    }

    private static void Add(string path, JsonElement element, Dictionary<string, string> values)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
                Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, values);
        }
        else
        {
            values[path] = JsonSerializer.Serialize(element, Compact.Default.JsonElement);
        }
    }

    [JsonSourceGenerationOptions(WriteIndented = false)]
    [JsonSerializable(typeof(JsonElement))]
    private sealed partial class Compact : JsonSerializerContext;
}
