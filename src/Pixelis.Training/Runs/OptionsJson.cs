using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Pixelis.Training;

/// <summary>Settings as JSON: what a file leaves out has its default.</summary>
internal static class OptionsJson
{
    /// <param name="file">The file.</param>
    /// <param name="type">How settings are read and written.</param>
    /// <param name="defaults">The defaults, given what the file says.</param>
    /// <param name="validate">Checks what was read.</param>
    /// <exception cref="PixelisException">The file is missing, is no JSON, has an unknown or wrong field, or a value out of range; the message names it.</exception>
    public static T Read<T>(string file, JsonTypeInfo<T> type, Func<JsonObject, T> defaults, Action<T> validate)
    {
        try
        {
            var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            JsonObject given = JsonNode.Parse(File.ReadAllBytes(file), documentOptions: lenient) as JsonObject
                ?? throw new PixelisException($"{file}: an object of settings was expected.");
            // A generated reader gives fields that are left out the value 0 and not their default, so the defaults are written first.
            JsonObject whole = JsonSerializer.SerializeToNode(defaults(given), type)!.AsObject();
            Merge(whole, given);
            T options = whole.Deserialize(type)!;
            validate(options);
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
}
