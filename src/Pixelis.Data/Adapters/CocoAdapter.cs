using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Data.Adapters;
using Pixelis.Data.Formats;

namespace Pixelis.Data;

/// <summary>
/// COCO-style instances (<c>images</c>, <c>annotations</c> with <c>bbox</c> and <c>segmentation</c>, <c>categories</c>, <c>licenses</c>): for
/// each picture one counting question per category that is in it, with the boxes and masks of all its objects as truth. Crowd regions
/// (<c>iscrowd</c>) cannot be counted; a category that has one in a picture is not asked about there.
/// </summary>
/// <param name="imageFolder">Folder of the pictures, relative to the file; null for the file's own.</param>
public sealed class CocoAdapter(string? imageFolder = null) : IDatasetAdapter
{
    /// <inheritdoc />
    public string Name => "coco";

    /// <inheritdoc />
    public IEnumerable<Example> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        JsonObject root = Load(path);
        Dictionary<string, string> names, licenses;
        ILookup<string, JsonObject> byImage;
        JsonObject[] images;
        try
        {
            names = ForeignItems.Objects(root, "categories").ToDictionary(c => ForeignItems.Text(c, "id"), c => ForeignItems.Text(c, "name"));
            licenses = root["licenses"] is JsonArray ? ForeignItems.Objects(root, "licenses").ToDictionary(l => ForeignItems.Text(l, "id"), l => ForeignItems.TextOrNull(l, "name") ?? "unknown") : [];
            byImage = ForeignItems.Objects(root, "annotations").ToLookup(a => ForeignItems.Text(a, "image_id"));
            images = [.. ForeignItems.Objects(root, "images")];
        }
        catch (Exception e) when (e is FieldException or ArgumentException or InvalidOperationException)
        {
            throw new DatasetFormatException(path, 0, (e as FieldException)?.Field, e.Message, e);
        }
        return images.SelectMany((image, i) => Examples(path, i, image, byImage, names, licenses, broken, report));
    }

    private static JsonObject Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such dataset file.", path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonNode.Parse(stream, null, new JsonDocumentOptions { MaxDepth = 64 }) as JsonObject
                ?? throw new DatasetFormatException(path, 0, null, "an object with images, annotations and categories was expected.");
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, (int)(e.LineNumber ?? -1) + 1, null, e.Message, e);
        }
    }

    private IEnumerable<Example> Examples(
        string path, int index, JsonObject image, ILookup<string, JsonObject> byImage, Dictionary<string, string> names, Dictionary<string, string> licenses,
        BrokenLines broken, Action<DatasetFormatException>? report)
    {
        try
        {
            return [.. Ask(path, image, byImage, names, licenses)];
        }
        catch (FieldException e)
        {
            var problem = new DatasetFormatException(path, 0, $"images[{index}].{e.Field}", e.Message, e);
            if (broken == BrokenLines.Refuse)
                throw problem;
            report?.Invoke(problem);
            return [];
        }
    }

    private IEnumerable<Example> Ask(string path, JsonObject image, ILookup<string, JsonObject> byImage, Dictionary<string, string> names, Dictionary<string, string> licenses)
    {
        string id = ForeignItems.Text(image, "id"), file = ForeignItems.Text(image, "file_name");
        int width = Whole(image, "width"), height = Whole(image, "height");
        JsonObject[] annotations = [.. byImage[id]];
        HashSet<string> crowded = [.. annotations.Where(a => ForeignItems.TextOrNull(a, "iscrowd") == "1").Select(a => ForeignItems.Text(a, "category_id"))];
        TruthObject[] truth = [.. annotations.Where(a => ForeignItems.TextOrNull(a, "iscrowd") != "1").Select(a => Truth(a, names, width, height))];
        string license = licenses.GetValueOrDefault(ForeignItems.TextOrNull(image, "license") ?? "") ?? "unknown";
        foreach (string category in truth.Select(t => t.Label).Distinct(StringComparer.Ordinal))
        {
            if (crowded.Any(c => names.GetValueOrDefault(c) == category))
                continue;
            yield return new Example
            {
                Id = $"coco:{id}:{category}",
                Question = $"How many objects of the kind '{category}' are in the picture?",
                Answer = truth.Count(t => t.Label == category).ToString(CultureInfo.InvariantCulture),
                Media = [new ExampleMedia { Path = imageFolder is null ? file : Path.Combine(imageFolder, file), Width = width, Height = height }],
                Family = "coco-count",
                License = license,
                Provenance = $"coco:{Path.GetFileName(path)}#{id}",
                Truth = [.. truth.Select(t => t with { IsTarget = t.Label == category })],
            };
        }
    }

    private static TruthObject Truth(JsonObject annotation, Dictionary<string, string> names, int width, int height)
    {
        string category = ForeignItems.Text(annotation, "category_id");
        double[] box = annotation["bbox"] is JsonArray { Count: 4 } numbers
            ? [.. numbers.Select(n => n is JsonValue v && v.TryGetValue(out double d) && double.IsFinite(d) ? d : throw new FieldException("bbox", "holds something that is not a number."))]
            : throw new FieldException("bbox", "is missing; expected [x, y, width, height].");
        return new TruthObject
        {
            Label = names.TryGetValue(category, out string? name) ? name : throw new FieldException("category_id", $"'{category}' is none of the categories."),
            Box = PixelBox.FromSize(box[0], box[1], box[2], box[3]),
            Mask = CocoMask.Read(annotation["segmentation"], width, height),
        };
    }

    private static int Whole(JsonObject item, string field) => item[field] is JsonValue value && value.TryGetValue(out int number) && number > 0
        ? number
        : throw new FieldException(field, "is missing or not a positive whole number.");
}
