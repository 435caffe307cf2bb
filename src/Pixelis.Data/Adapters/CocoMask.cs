using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Data.Drawing;

namespace Pixelis.Data.Adapters;

/// <summary>Reads COCO's segmentations: polygons, run lengths as numbers, run lengths packed into text.</summary>
internal static class CocoMask
{
    private const int MostPixels = 100_000_000;

    /// <exception cref="FieldException">The segmentation is none of the three, or does not fit the picture.</exception>
    public static RunLengthMask? Read(JsonNode? segmentation, int width, int height)
    {
        if (width <= 0 || height <= 0 || (long)width * height > MostPixels)
            return null;
        return segmentation switch
        {
            null => null,
            JsonArray polygons => Polygons(polygons, width, height),
            JsonObject packed => Runs(packed, width, height),
            _ => throw new FieldException("segmentation", "is neither a list of polygons nor run lengths."),
        };
    }

    private static RunLengthMask? Polygons(JsonArray polygons, int width, int height)
    {
        var contours = new List<Contour>();
        foreach (JsonNode? polygon in polygons)
        {
            if (polygon is not JsonArray { Count: >= 6 } numbers || numbers.Count % 2 != 0)
                throw new FieldException("segmentation", "a polygon needs three or more corners as x, y.");
            var corners = new (int, int)[numbers.Count / 2];
            for (int i = 0; i < corners.Length; i++)
                corners[i] = (Unit(numbers[2 * i], width), Unit(numbers[2 * i + 1], height));
            contours.Add(new Contour(corners));
        }
        return contours.Count == 0 ? null : PolygonRasterizer.Fill(contours).ToMask(width, height);
    }

    private static int Unit(JsonNode? node, int most) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) && double.IsFinite(number)
            ? (int)Math.Round(Math.Clamp(number, 0, most) * Contour.Unit)
            : throw new FieldException("segmentation", "a polygon holds something that is not a number.");

    private static RunLengthMask Runs(JsonObject packed, int width, int height)
    {
        long[] counts = packed["counts"] switch
        {
            JsonArray numbers => [.. numbers.Select(n => n is JsonValue v && v.TryGetValue(out long count) ? count : throw new FieldException("segmentation.counts", "holds something that is not a whole number."))],
            JsonValue text when text.TryGetValue(out string? letters) => Unpack(letters),
            _ => throw new FieldException("segmentation.counts", "is missing."),
        };
        int size = width * height;
        // Each is held against the size first: their sum might not fit a number.
        if (counts.FirstOrDefault(c => c < 0 || c > size) is not 0 and long wrong)
            throw new FieldException("segmentation.counts", $"holds a run of {wrong} pixels; the picture has {size}.");
        if (counts.Sum() != size)
            throw new FieldException("segmentation.counts", $"adds up to {counts.Sum()} pixels; the picture has {size}.");
        // COCO counts column by column, we count row by row.
        var inside = new byte[size];
        long at = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            for (long end = at + counts[i]; at < end; at++)
            {
                if (i % 2 == 1)
                    inside[at % height * width + at / height] = 1;
            }
        }
        return RunLengthMask.Encode(width, height, inside);
    }

    // Five bits a letter from '0', the sixth says that more follow; from the third on, each number is a difference to the one two before.
    private static long[] Unpack(string letters)
    {
        var counts = new List<long>();
        for (int at = 0; at < letters.Length;)
        {
            long value = 0;
            int shift = 0, bits;
            do
            {
                bits = at < letters.Length && shift < 60 ? letters[at++] - 48 : throw new FieldException("segmentation.counts", "ends within a number.");
                if (bits is < 0 or > 63)
                    throw new FieldException("segmentation.counts", "holds a letter that is none of the packing's.");
                value |= (long)(bits & 31) << shift;
                shift += 5;
            }
            while ((bits & 32) != 0);
            if ((bits & 16) != 0)
                value |= -1L << shift;
            counts.Add(counts.Count > 2 ? value + counts[^2] : value);
        }
        return [.. counts];
    }
}
