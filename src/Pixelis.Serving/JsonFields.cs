using System.Text.Json;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving;

/// <summary>The fields of an object of a request. Null counts as absent; everything else must be of the type that is asked for.</summary>
internal readonly struct JsonFields
{
    private readonly JsonElement _element;
    private readonly string _path;

    /// <exception cref="ApiException">Not an object.</exception>
    public JsonFields(JsonElement element, string path = "")
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid($"'{path}' must be an object, not {Kind(element)}.", path);
        (_element, _path) = (element, path);
    }

    /// <summary>A field's full name.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public JsonElement? Find(string name) =>
        _element.TryGetProperty(name, out JsonElement value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public bool Has(string name) => Find(name) is not null;

    /// <exception cref="ApiException">There is a field that is not in the list.</exception>
    public void RefuseOthers(IReadOnlyCollection<string> known)
    {
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (known.Any(property.NameEquals))
                continue;
            string path = PathOf(Shown(NameOf(property)));
            throw ApiException.Invalid($"'{path}' is not supported by this server; leave it out.", path, "unsupported_parameter");
        }
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => Read(value, PathOf(name)),
        { } value => throw Wrong(name, "a string", value),
    };

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw ApiException.Invalid($"'{PathOf(name)}' is missing.", PathOf(name), "missing_required_parameter");

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(name, "true or false", value),
    };

    public double? Number(string name, double least, double most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) && number >= least && number <= most => number,
        { } value => throw Wrong(name, $"a number from {least} to {most}", value),
    };

    public long? Integer(string name, long least, long most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out long number) && number >= least && number <= most => number,
        { } value => throw Wrong(name, most == long.MaxValue ? $"an integer of at least {least}" : $"an integer from {least} to {most}", value),
    };

    public JsonFields? Object(string name) => Find(name) is { } value ? new JsonFields(value, PathOf(name)) : null;

    public IReadOnlyList<JsonElement>? Array(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        { } value => throw Wrong(name, "an array", value),
    };

    public ApiException Wrong(string name, string expected, JsonElement value) =>
        ApiException.Invalid($"'{PathOf(name)}' must be {expected}, not {Kind(value)}.", PathOf(name), "invalid_value");

    /// <summary>A value in words, short enough to be quoted.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Shown(value.GetRawText()),
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };

    /// <summary>A string's text.</summary>
    /// <exception cref="ApiException">It holds half of a surrogate pair.</exception>
    public static string Read(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ApiException.Invalid($"'{path}' is not well-formed Unicode.", path, "invalid_value");
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "(a name that is not well-formed Unicode)";
        }
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
