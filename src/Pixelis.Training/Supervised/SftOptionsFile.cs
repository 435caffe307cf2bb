using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pixelis.Training;

/// <summary>Settings of a run as JSON, names in camel case; what is left out has its default. Comments and trailing commas are allowed.</summary>
public static class SftOptionsFile
{
    /// <summary>Reads and checks settings.</summary>
    /// <exception cref="PixelisException">The file is missing, is no JSON, has an unknown or wrong field, or a value out of range; the message names it.</exception>
    public static SftOptions Read(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        try
        {
            var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            JsonObject given = JsonNode.Parse(File.ReadAllBytes(file), documentOptions: lenient) as JsonObject
                ?? throw new PixelisException($"{file}: an object of settings was expected.");
            SftOptions options = OverDefaults(given).Deserialize(TrainingJson.Default.SftOptions)!;
            options.Validate();
            return options;
        }
        catch (JsonException e)
        {
            throw new PixelisException($"{file}: field '{e.Path}': {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new PixelisException($"{file} cannot be read: {e.Message}", e);
        }
        catch (PixelisException e) when (!e.Message.Contains(file, StringComparison.Ordinal))
        {
            throw new PixelisException($"{file}: {e.Message}", e);
        }
    }

    // A generated reader gives fields that are left out the value 0 and not their default, so the defaults are written first.
    private static JsonObject OverDefaults(JsonObject given)
    {
        bool hasStages = given["curriculum"] is not null;
        JsonObject whole = JsonSerializer.SerializeToNode(new SftOptions { Curriculum = hasStages ? new CurriculumOptions() : null }, TrainingJson.Default.SftOptions)!.AsObject();
        Merge(whole, given);
        return whole;
    }

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach ((string name, JsonNode? value) in from)
        {
            if (value is JsonObject inner && into[name] is JsonObject outer)
                Merge(outer, inner);
            else
                into[name] = value?.DeepClone();
        }
    }

    /// <summary>Settings as JSON with every field.</summary>
    public static string ToJson(SftOptions options) => JsonSerializer.Serialize(options, TrainingJson.Default.SftOptions);
}
