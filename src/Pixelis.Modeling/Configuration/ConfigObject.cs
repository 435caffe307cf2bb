using System.Text.Json;

namespace Pixelis.Modeling;

/// <summary>A JSON object of an untrusted config file, read field by field; every complaint names the file and the field.</summary>
internal sealed class ConfigObject
{
    private const long MaximumBytes = 16 << 20;

    private readonly string _file;
    private readonly string _path;
    private readonly JsonElement _element;

    private ConfigObject(string file, string path, JsonElement element)
    {
        _file = file;
        _path = path;
        _element = element;
    }

    /// <summary>Reads a file, which must hold a JSON object.</summary>
    public static ConfigObject Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
                throw new ModelFormatException(file, "is missing");
            if (info.Length > MaximumBytes)
                throw new ModelFormatException(file, $"holds {info.Length} bytes; a config file of at most {MaximumBytes} was expected");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ModelFormatException(file, "a JSON object was expected");
            return new ConfigObject(file, "", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(file, $"is not valid JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(file, $"cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A nested object, or null when absent or null.</summary>
    public ConfigObject? Object(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        return value.ValueKind == JsonValueKind.Object
            ? new ConfigObject(_file, _path + name + ".", value)
            : throw Wrong(name, "an object");
    }

    /// <summary>Whether the field is there, even as null.</summary>
    public bool Has(string name) => _element.TryGetProperty(name, out _);

    public string? Text(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string");
    }

    public bool? Flag(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");
    }

    public int? Count(string name, int least = 1, int most = 1 << 24)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most)
            return number;
        throw Wrong(name, $"a whole number from {least} to {most}");
    }

    public double? Number(string name, double least, double most)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most)
            return number;
        throw Wrong(name, FormattableString.Invariant($"a number from {least} to {most}"));
    }

    /// <summary>An array of whole numbers, or one bare number, or null when absent.</summary>
    public IReadOnlyList<int>? Counts(string name, int least, int most, int maximumLength)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return [Count(name, least, most)!.Value];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maximumLength)
            throw Wrong(name, $"an array of at most {maximumLength} whole numbers");
        var numbers = new List<int>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out int number) || number < least || number > most)
                throw Wrong(name, $"an array of whole numbers from {least} to {most}");
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>An array of exactly so many numbers, or null when absent.</summary>
    public IReadOnlyList<double>? Numbers(string name, double least, double most, int length)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        string expected = FormattableString.Invariant($"an array of {length} numbers from {least} to {most}");
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != length)
            throw Wrong(name, expected);
        var numbers = new List<double>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out double number) || !(number >= least && number <= most))
                throw Wrong(name, expected);
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>The first string of an array of strings, or null.</summary>
    public string? FirstText(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, "an array of strings");
        foreach (JsonElement item in value.EnumerateArray())
            return item.ValueKind == JsonValueKind.String ? item.GetString() : throw Wrong(name, "an array of strings");
        return null;
    }

    /// <summary>The complaint about a field.</summary>
    public ModelFormatException Wrong(string name, string expected)
    {
        string found = _element.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : "nothing";
        if (found.Length > 80)
            found = found[..80] + "...";
        return new ModelFormatException(_file, $"field '{_path}{name}' is {found}, but {expected} was expected");
    }

    private bool TryGet(string name, out JsonElement value) =>
        _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
