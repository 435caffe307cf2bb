using System.Text.Json;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>Reads and checks the fields of a preprocessor_config.json.</summary>
internal readonly struct PreprocessorConfigReader(JsonElement root, string file)
{
    private const long MostPixels = 1L << 30;

    internal QwenImageProcessorOptions Read()
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Problem($"expected a JSON object, found {root.ValueKind}");
        RefuseOtherRecipes();
        var defaults = new QwenImageProcessorOptions();
        long min = Integer("min_pixels", 1, MostPixels) ?? SizeLimit("shortest_edge") ?? defaults.MinPixels;
        long max = Integer("max_pixels", 1, MostPixels) ?? SizeLimit("longest_edge") ?? defaults.MaxPixels;
        if (min > max)
            throw Problem($"min_pixels ({min}) is larger than max_pixels ({max})");
        return defaults with
        {
            MinPixels = min,
            MaxPixels = max,
            PatchSize = (int)(Integer("patch_size", 1, 128) ?? defaults.PatchSize),
            MergeSize = (int)(Integer("merge_size", 1, 16) ?? defaults.MergeSize),
            TemporalPatchSize = (int)(Integer("temporal_patch_size", 1, 16) ?? defaults.TemporalPatchSize),
            RescaleFactor = Number("rescale_factor") ?? defaults.RescaleFactor,
            Mean = Triple("image_mean", positive: false) ?? defaults.Mean,
            StandardDeviation = Triple("image_std", positive: true) ?? defaults.StandardDeviation,
        };
    }

    private void RefuseOtherRecipes()
    {
        foreach (string step in (ReadOnlySpan<string>)["do_resize", "do_rescale", "do_normalize", "do_convert_rgb"])
        {
            if (Field(root, step) is { ValueKind: JsonValueKind.False })
                throw Problem($"{step} is false; Qwen's models are run with every step on");
        }
        if (Integer("resample", 0, 5) is { } filter and not 3)
            throw Problem($"resample is {filter}; only 3 (bicubic) is supported");
    }

    private long? SizeLimit(string name)
    {
        if (Field(root, "size") is not { } size)
            return null;
        if (size.ValueKind != JsonValueKind.Object)
            throw Problem("size must be an object with shortest_edge and longest_edge");
        // Both numbers are areas in pixels, whatever their names say.
        return Field(size, name) is { } value ? Integer(value, $"size.{name}", 1, MostPixels) : null;
    }

    private long? Integer(string name, long min, long max) => Field(root, name) is { } value ? Integer(value, name, min, max) : null;

    private long Integer(JsonElement value, string name, long min, long max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : throw Problem($"{name} is {value.GetRawText()}; expected an integer from {min} to {max}");

    private double? Number(string name)
    {
        if (Field(root, name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && number > 0
            ? number
            : throw Problem($"{name} is {value.GetRawText()}; expected a positive number");
    }

    private double[]? Triple(string name, bool positive)
    {
        if (Field(root, name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 3)
        {
            double[] numbers = [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number && v.TryGetDouble(out double n) ? n : double.NaN)];
            if (numbers.All(n => double.IsFinite(n) && (!positive || n > 0)))
                return numbers;
        }
        throw Problem($"{name} is {value.GetRawText()}; expected three {(positive ? "positive " : "")}numbers");
    }

    private static JsonElement? Field(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private ModelFormatException Problem(string problem) => new(file, problem + ".");
}
