namespace Pixelis.Models.Qwen;

/// <summary>The small files beside a random model's weights.</summary>
internal static class RandomModelFiles
{
    public static void WriteGeneration(string path, QwenConfig config) => AtomicFile.Write(path, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("do_sample", false);
        json.WriteStartArray("eos_token_id");
        foreach (int id in config.EndOfTurnTokenIds)
            json.WriteNumberValue(id);
        json.WriteEndArray();
        json.WriteNumber("pad_token_id", config.PaddingTokenId);
        json.WriteEndObject();
    });

    /// <summary>The settings of the released models, with the class's default of at most 1280 merged units an image.</summary>
    public static void WritePreprocessor(string path, QwenVisionConfig vision) => AtomicFile.Write(path, json =>
    {
        int unit = vision.PatchSize * vision.MergeSize;
        json.WriteStartObject();
        json.WriteString("image_processor_type", "Qwen2VLImageProcessor");
        json.WriteString("processor_class", "Qwen2_5_VLProcessor");
        json.WriteNumber("min_pixels", 4 * unit * unit);
        json.WriteNumber("max_pixels", 1280 * unit * unit);
        json.WriteNumber("patch_size", vision.PatchSize);
        json.WriteNumber("temporal_patch_size", vision.TemporalPatchSize);
        json.WriteNumber("merge_size", vision.MergeSize);
        WriteTriple(json, "image_mean", 0.48145466, 0.4578275, 0.40821073);
        WriteTriple(json, "image_std", 0.26862954, 0.26130258, 0.27577711);
        json.WriteEndObject();
    });

    private static void WriteTriple(System.Text.Json.Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
