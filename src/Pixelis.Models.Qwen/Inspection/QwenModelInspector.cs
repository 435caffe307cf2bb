namespace Pixelis.Models.Qwen;

/// <summary>Looks at model folders without loading weights.</summary>
public static class QwenModelInspector
{
    /// <summary>Reads config.json and the headers of the weight files, and checks that they agree.</summary>
    /// <exception cref="ModelFormatException">The folder is no model that could be loaded; the message says why.</exception>
    public static QwenModelSummary Inspect(string folder)
    {
        QwenConfig config = QwenConfig.Load(folder);
        WeightSpec[] specs = [.. QwenWeightMap.Of(config)];
        using QwenCheckpoint checkpoint = QwenCheckpoint.Open(folder);
        checkpoint.Check(specs, strict: true);
        return new QwenModelSummary
        {
            Folder = folder,
            Config = config,
            VisionParameters = Sum(specs, IsVision),
            EmbeddingParameters = Sum(specs, IsEmbedding),
            DecoderParameters = Sum(specs, spec => !IsVision(spec) && !IsEmbedding(spec)),
            StoredBytes = checkpoint.Tensors.Values.GroupBy(t => t.Entry.TypeName).ToDictionary(g => g.Key, g => g.Sum(t => t.Entry.ByteCount)),
            FileCount = checkpoint.Tensors.Values.Select(t => t.Reader.Path).Distinct().Count(),
        };
    }

    private static bool IsVision(WeightSpec spec) => spec.Name.StartsWith("visual.", StringComparison.Ordinal);

    private static bool IsEmbedding(WeightSpec spec) => spec.Name is "model.embed_tokens.weight" or "lm_head.weight";

    private static long Sum(WeightSpec[] specs, Func<WeightSpec, bool> which) => specs.Where(which).Sum(spec => spec.ElementCount);
}
