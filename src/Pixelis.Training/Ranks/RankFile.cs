using System.Text.Json;

namespace Pixelis.Training;

/// <summary>Ranks of adapter layers as JSON: <c>{"rank_pattern": {"q_proj": 16, ...}}</c>, the form PEFT's adapter_config.json has.</summary>
public static class RankFile
{
    private const string Field = "rank_pattern";

    /// <summary>Reads ranks.</summary>
    /// <exception cref="PixelisException">The file is missing, is no JSON, or a rank is no number of at least 1; the message names it.</exception>
    public static IReadOnlyDictionary<string, int> Read(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(Field, out JsonElement pattern) || pattern.ValueKind != JsonValueKind.Object)
                throw new PixelisException($"{file}: an object '{Field}' was expected.");
            var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (JsonProperty entry in pattern.EnumerateObject())
            {
                ranks[entry.Name] = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out int rank) && rank >= 1
                    ? rank
                    : throw new PixelisException($"{file}: {Field}.{entry.Name} is {entry.Value}; a whole number of at least 1 was expected.");
            }

            return ranks;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new PixelisException($"{file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes ranks.</summary>
    public static void Write(string file, IReadOnlyDictionary<string, int> ranks)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(ranks);
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject(Field);
        foreach ((string name, int rank) in ranks)
            json.WriteNumber(name, rank);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
