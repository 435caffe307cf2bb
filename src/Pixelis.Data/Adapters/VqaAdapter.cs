using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Data.Formats;

namespace Pixelis.Data;

/// <summary>
/// Questions about pictures, one JSON object a line (or an array): <c>image</c> (or <c>images</c>, <c>video</c>), <c>question</c> (or
/// <c>problem</c>), <c>answer</c> (or <c>solution</c>, or <c>answers</c>, whose most frequent entry counts); <c>id</c> and <c>license</c> are taken
/// where they are there.
/// </summary>
public sealed class VqaAdapter : IDatasetAdapter
{
    /// <inheritdoc />
    public string Name => "vqa";

    /// <inheritdoc />
    public IEnumerable<Example> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string source = Path.GetFileName(path);
        return ForeignItems.Read(path, (item, number) => ToExample(item, number, source), broken, report);
    }

    private static Example ToExample(JsonObject item, int number, string source) => new()
    {
        Id = ForeignItems.TextOrNull(item, "id") ?? ForeignItems.TextOrNull(item, "question_id") ?? string.Create(CultureInfo.InvariantCulture, $"vqa:{source}#{number}"),
        Question = ForeignItems.TextOrNull(item, "question") ?? ForeignItems.TextOrNull(item, "problem") ?? throw new FieldException("question", "is missing or not a text."),
        Answer = Answer(item),
        Media = Media(item),
        Family = ForeignItems.TextOrNull(item, "family") ?? "vqa",
        Split = ForeignItems.TextOrNull(item, "split") ?? "",
        License = ForeignItems.TextOrNull(item, "license") ?? "unknown",
        Provenance = $"vqa:{source}#{number.ToString(CultureInfo.InvariantCulture)}",
    };

    private static string Answer(JsonObject item)
    {
        if ((ForeignItems.TextOrNull(item, "answer") ?? ForeignItems.TextOrNull(item, "solution")) is { } one)
            return one;
        string[] many = item["answers"] is not JsonArray array ? [] : [.. array.Select(OneOf).OfType<string>()];
        return many.Length == 0
            ? throw new FieldException("answer", "is missing or not a text.")
            : many.GroupBy(a => a.Trim().ToLowerInvariant(), StringComparer.Ordinal).MaxBy(g => g.Count())!.First();
    }

    // VQA v2 lists objects with an "answer", others list texts.
    private static string? OneOf(JsonNode? node) => node switch
    {
        JsonObject holder => ForeignItems.TextOrNull(holder, "answer"),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => null,
    };

    private static ExampleMedia[] Media(JsonObject item)
    {
        if (ForeignItems.TextOrNull(item, "video") is { } video)
            return [new ExampleMedia { Kind = MediaKind.Video, Path = video }];
        if (ForeignItems.TextOrNull(item, "image") is { } image)
            return [new ExampleMedia { Path = image }];
        if ((item["images"] ?? item["image"]) is not JsonArray { Count: > 0 } images)
            throw new FieldException("image", "is missing; expected a path or a list of paths.");
        return [.. images.Select((n, i) => new ExampleMedia
        {
            Path = n is JsonValue v && v.TryGetValue(out string? path) ? path : throw new FieldException($"images[{i}]", "is not a path."),
        })];
    }
}
