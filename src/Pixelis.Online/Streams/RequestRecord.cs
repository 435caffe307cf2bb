using System.Globalization;
using System.Text.Json;
using Pixelis.Data;
using Pixelis.Imaging;

namespace Pixelis.Online;

/// <summary>One line of a stream. Every message names file, line and field.</summary>
internal sealed class RequestRecord(JsonElement root, string file, int line, string folder)
{
    private const int MaxMedia = 64;
    private const double LeastRate = 0.001;
    private const int MostRate = 1000;
    private const string Base64 = ";base64,";

    public string Id => Text("id") ?? Text("request_id") ?? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{line}");

    public string Tenant => Text("tenant") is { Length: > 0 } tenant ? tenant : "default";

    public string? Subject => Text("subject") is { Length: > 0 } subject ? subject : null;

    public string Question(Func<IReadOnlyList<int>, string>? decode)
    {
        if (Text("question") is { } question && !string.IsNullOrWhiteSpace(question))
            return question;
        if (Find("input_ids") is not { } ids)
            throw Wrong("question", "is missing; a text was expected, or token ids in 'input_ids'.");
        if (decode is null)
            throw Wrong("input_ids", "token ids need the tokenizer of a model; give the question as text.");
        int[] tokens = Integers("input_ids", ids), mask = Find("attention_mask") is { } shown ? Integers("attention_mask", shown) : [];
        if (mask.Length > 0 && mask.Length != tokens.Length)
            throw Wrong("attention_mask", $"has {mask.Length} numbers for {tokens.Length} token ids; as many were expected.");
        return decode([.. tokens.Where((_, i) => mask.Length == 0 || mask[i] != 0)]) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Wrong("input_ids", "spells nothing; the tokens of a question were expected.");
    }

    public IReadOnlyList<ContentPart> Media()
    {
        var parts = new List<ContentPart>();
        foreach (string name in (string[])["images", "image", "image_features", "pixel_values"])
        {
            if (Find(name) is { } value && value.ValueKind != JsonValueKind.Null)
                parts.AddRange(Pictures(name, value));
        }
        if (Find("media") is { } listed && listed.ValueKind != JsonValueKind.Null)
            parts.AddRange(Listed(listed));
        if (Text("video") is { Length: > 0 } video)
            parts.Add(Load("video", video, MediaKind.Video));
        return parts.Count <= MaxMedia ? parts : throw Wrong("images", $"has {parts.Count} pictures; at most {MaxMedia} are read.");
    }

    // Media as data sets write them: {"kind": "video", "path": "clips/1", "frames_per_second": 4}.
    private List<ContentPart> Listed(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxMedia)
            throw Wrong("media", $"a list of at most {MaxMedia} pictures and clips was expected.");
        var parts = new List<ContentPart>();
        foreach (JsonElement medium in value.EnumerateArray())
        {
            string name = $"media[{parts.Count}]";
            if (medium.ValueKind != JsonValueKind.Object || !medium.TryGetProperty("path", out JsonElement path) || path.ValueKind != JsonValueKind.String)
                throw Wrong(name, "an object with a 'path' was expected.");
            parts.Add(Load(name, path.GetString()!, KindOf(name, medium), RateOf(name, medium)));
        }
        return parts;
    }

    private MediaKind KindOf(string name, JsonElement medium)
    {
        if (!medium.TryGetProperty("kind", out JsonElement kind) || kind.ValueKind == JsonValueKind.Null)
            return MediaKind.Image;
        return (kind.ValueKind == JsonValueKind.String ? kind.GetString() : null) switch
        {
            "image" => MediaKind.Image,
            "video" => MediaKind.Video,
            _ => throw Wrong($"{name}.kind", "'image' or 'video' was expected."),
        };
    }

    // 0 where it is not known, as data sets write it.
    private double RateOf(string name, JsonElement medium)
    {
        if (!medium.TryGetProperty("frames_per_second", out JsonElement rate) || rate.ValueKind == JsonValueKind.Null)
            return 0;
        return rate.ValueKind == JsonValueKind.Number && rate.TryGetDouble(out double value) && value is 0 or >= LeastRate and <= MostRate
            ? value
            : throw Wrong($"{name}.frames_per_second", $"a number from {LeastRate.ToString(CultureInfo.InvariantCulture)} to {MostRate} was expected, or 0 where it is not known.");
    }

    // A list of pictures in whatever form; or one.
    private IEnumerable<ContentPart> Pictures(string name, JsonElement value)
    {
        bool isList = value.ValueKind == JsonValueKind.Array && (value.GetArrayLength() == 0 || value[0].ValueKind is JsonValueKind.String or JsonValueKind.Object);
        if (isList && value.GetArrayLength() > MaxMedia)
            throw Wrong(name, $"has {value.GetArrayLength()} pictures; at most {MaxMedia} are read.");
        return isList ? value.EnumerateArray().SelectMany((v, i) => Picture($"{name}[{i}]", v)).ToList() : Picture(name, value);
    }

    private IEnumerable<ContentPart> Picture(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return TensorPixels.Read(value, problem => Wrong(name, problem)).Select(image => new ImagePart(image));
        string text = value.GetString()!;
        return [text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? OfData(name, text) : Load(name, text, MediaKind.Image)];
    }

    private ImagePart OfData(string name, string uri)
    {
        int start = uri.IndexOf(Base64, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            throw Wrong(name, "a picture was expected as 'data:image/TYPE;base64,...'.");
        try
        {
            return new ImagePart(OpenCvImageCodec.Shared.Decode(Convert.FromBase64String(uri[(start + Base64.Length)..])));
        }
        catch (Exception e) when (e is FormatException or PixelisException)
        {
            throw Wrong(name, $"the picture of the data URI cannot be read: {e.Message}", e);
        }
    }

    private ContentPart Load(string name, string path, MediaKind kind, double framesPerSecond = 0)
    {
        if (path.Contains("://", StringComparison.Ordinal))
            throw Wrong(name, "nothing is fetched from addresses; a file or a data URI was expected.");
        try
        {
            var example = new Example { Id = Id, Question = "", Answer = "", Media = [new ExampleMedia { Kind = kind, Path = path, FramesPerSecond = framesPerSecond }] };
            return MediaLoader.Load(example, folder).Media[0].ToPart();
        }
        catch (PixelisException e)
        {
            throw Wrong(name, e.Message, e);
        }
    }

    private int[] Integers(string name, JsonElement value)
    {
        while (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.Array)
            value = value[0]; // a batch of one
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, "a list of numbers was expected.");
        return [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out int number) && number >= 0 ? number : throw Wrong(name, "a list of whole numbers of at least 0 was expected."))];
    }

    private string? Text(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(name, "a text was expected."),
    };

    // The first server wrapped what it was asked in input_data.
    private JsonElement? Find(string name)
    {
        if (root.TryGetProperty(name, out JsonElement value))
            return value;
        return root.TryGetProperty("input_data", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty(name, out value) ? value : null;
    }

    private DatasetFormatException Wrong(string field, string problem, Exception? cause = null) => new(file, line, field, problem, cause);
}
