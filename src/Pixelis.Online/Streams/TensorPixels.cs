using System.Text.Json;

namespace Pixelis.Online;

/// <summary>
/// Pictures that were written as tensors: <c>{"shape": [3, H, W], "data": [...]}</c> (<c>"values"</c> will do), or nested lists. The shape is [3, H, W],
/// [H, W, 3], or a batch of these. Values are colours: 0 to 1, or 0 to 255 when any is above 1.
/// </summary>
internal static class TensorPixels
{
    private const int Colours = 3;
    private const int MostPixels = 64 << 20;

    /// <summary>Reads the pictures of a tensor.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="wrong">Makes an error of what is wrong with it.</param>
    public static IReadOnlyList<PixelImage> Read(JsonElement value, Func<string, Exception> wrong)
    {
        (int[] shape, float[] data) = value.ValueKind == JsonValueKind.Object ? Flat(value, wrong) : Nested(value, wrong);
        if (shape.Length == 3)
            shape = [1, .. shape];
        bool planes = shape.Length == 4 && shape[1] == Colours;
        if (!planes && !(shape.Length == 4 && shape[3] == Colours))
            throw wrong($"has the shape [{string.Join(", ", shape)}]; [3, H, W] or [H, W, 3] was expected, or a batch of these.");
        float scale = Scale(data, wrong);
        (int height, int width) = planes ? (shape[2], shape[3]) : (shape[1], shape[2]);
        if (height < 1 || width < 1)
            throw wrong("holds a picture without pixels.");
        int size = height * width * Colours;
        return [.. Enumerable.Range(0, shape[0]).Select(i => Picture(data.AsSpan(i * size, size), height, width, planes, scale))];
    }

    private static PixelImage Picture(ReadOnlySpan<float> data, int height, int width, bool planes, float scale)
    {
        var pixels = new byte[data.Length];
        int plane = height * width;
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Round(scale * data[planes ? ((i % Colours) * plane) + (i / Colours) : i], MidpointRounding.AwayFromZero);
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }

    private static float Scale(float[] data, Func<string, Exception> wrong)
    {
        float lowest = data.Min(), highest = data.Max();
        if (!(lowest >= 0 && highest <= 255))
        {
            throw wrong(FormattableString.Invariant(
                $"has values from {lowest:G4} to {highest:G4}, which are no colours: 0 to 1 or 0 to 255 was expected. Undo the normalisation (value * deviation + mean) first."));
        }
        return highest <= 1 ? 255 : 1;
    }

    private static (int[] Shape, float[] Data) Flat(JsonElement value, Func<string, Exception> wrong)
    {
        if (!value.TryGetProperty("shape", out JsonElement sizes) || sizes.ValueKind != JsonValueKind.Array)
            throw wrong("is no tensor: 'shape' and 'data' were expected.");
        if (!(value.TryGetProperty("data", out JsonElement numbers) || value.TryGetProperty("values", out numbers)) || numbers.ValueKind != JsonValueKind.Array)
            throw wrong("has no list 'data' of numbers.");
        int[] shape = [.. sizes.EnumerateArray().Select(s => s.ValueKind == JsonValueKind.Number && s.TryGetInt32(out int size) && size >= 1 ? size : throw wrong("has a 'shape' that is no list of whole numbers of at least 1."))];
        long count = shape.Aggregate(1L, (product, size) => Math.Min(product * size, long.MaxValue / int.MaxValue));
        if (count > MostPixels || count != numbers.GetArrayLength())
            throw wrong($"has {numbers.GetArrayLength()} numbers for the shape [{string.Join(", ", shape)}]; as many as its sizes multiply to were expected, at most {MostPixels}.");
        return (shape, [.. numbers.EnumerateArray().Select(n => Number(n, wrong))]);
    }

    private static (int[] Shape, float[] Data) Nested(JsonElement value, Func<string, Exception> wrong)
    {
        var shape = new List<int>();
        for (JsonElement inner = value; inner.ValueKind == JsonValueKind.Array; inner = inner[0])
        {
            shape.Add(inner.GetArrayLength());
            if (shape[^1] == 0)
                throw wrong("is an empty tensor; a picture was expected.");
        }
        if (shape.Count == 0)
            throw wrong("is neither a file, a data URI nor a tensor.");
        var data = new List<float>();
        Collect(value, 0, shape, data, wrong);
        return ([.. shape], [.. data]);
    }

    private static void Collect(JsonElement value, int depth, List<int> shape, List<float> data, Func<string, Exception> wrong)
    {
        if (depth == shape.Count)
        {
            data.Add(Number(value, wrong));
            return;
        }
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != shape[depth])
            throw wrong("is a tensor whose lists are not equally long.");
        foreach (JsonElement inner in value.EnumerateArray())
            Collect(inner, depth + 1, shape, data, wrong);
    }

    private static float Number(JsonElement value, Func<string, Exception> wrong) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) ? number : throw wrong("holds something that is no number.");
}
