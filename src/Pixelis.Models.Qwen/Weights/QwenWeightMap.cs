using System.Globalization;

namespace Pixelis.Models.Qwen;

/// <summary>
/// The tensors of a model as its config implies them, without building it: for checking a checkpoint before anything is
/// loaded, for counting parameters, and for writing random models.
/// </summary>
internal static class QwenWeightMap
{
    /// <summary>Every tensor, in the order in which checkpoints list them: vision tower, decoder, head.</summary>
    public static IEnumerable<WeightSpec> Of(QwenConfig config)
    {
        if (config.Vision is { } vision)
        {
            foreach (WeightSpec spec in Vision(vision))
                yield return spec;
        }

        QwenTextConfig text = config.Text;
        yield return Matrix("model.embed_tokens.weight", text.VocabularySize, text.HiddenSize);
        for (int layer = 0; layer < text.LayerCount; layer++)
        {
            foreach (WeightSpec spec in Layer(text, string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.")))
                yield return spec;
        }

        yield return Norm("model.norm.weight", text.HiddenSize);
        if (!text.TiesEmbeddings)
            yield return Matrix("lm_head.weight", text.VocabularySize, text.HiddenSize);
    }

    /// <summary>
    /// The checkpoint spelling of a key: newer files may carry the newer module tree (<c>model.language_model.</c>,
    /// <c>model.visual.</c>), which is folded back to <c>model.</c> and <c>visual.</c>.
    /// </summary>
    public static string Canonical(string key)
    {
        if (key.StartsWith("model.language_model.", StringComparison.Ordinal))
            return "model." + key["model.language_model.".Length..];
        return key.StartsWith("model.visual.", StringComparison.Ordinal) ? key["model.".Length..] : key;
    }

    private static IEnumerable<WeightSpec> Layer(QwenTextConfig text, string prefix)
    {
        int queries = text.HeadCount * text.HeadSize;
        int keys = text.KeyValueHeadCount * text.HeadSize;
        string attention = prefix + "self_attn.";
        foreach (WeightSpec spec in Linear(attention + "q_proj", queries, text.HiddenSize, text.HasQueryKeyValueBias))
            yield return spec;
        foreach (WeightSpec spec in Linear(attention + "k_proj", keys, text.HiddenSize, text.HasQueryKeyValueBias))
            yield return spec;
        foreach (WeightSpec spec in Linear(attention + "v_proj", keys, text.HiddenSize, text.HasQueryKeyValueBias))
            yield return spec;
        foreach (WeightSpec spec in Linear(attention + "o_proj", text.HiddenSize, queries, text.HasOutputBias))
            yield return spec;
        if (text.NormalizesQueryAndKey)
        {
            yield return Norm(attention + "q_norm.weight", text.HeadSize);
            yield return Norm(attention + "k_norm.weight", text.HeadSize);
        }

        yield return Matrix(prefix + "mlp.gate_proj.weight", text.IntermediateSize, text.HiddenSize);
        yield return Matrix(prefix + "mlp.up_proj.weight", text.IntermediateSize, text.HiddenSize);
        yield return Matrix(prefix + "mlp.down_proj.weight", text.HiddenSize, text.IntermediateSize);
        yield return Norm(prefix + "input_layernorm.weight", text.HiddenSize);
        yield return Norm(prefix + "post_attention_layernorm.weight", text.HiddenSize);
    }

    private static IEnumerable<WeightSpec> Vision(QwenVisionConfig vision)
    {
        int size = vision.HiddenSize;
        yield return new WeightSpec(
            "visual.patch_embed.proj.weight",
            [size, vision.ChannelCount, vision.TemporalPatchSize, vision.PatchSize, vision.PatchSize],
            WeightKind.Matrix);
        for (int block = 0; block < vision.Depth; block++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"visual.blocks.{block}.");
            yield return Norm(prefix + "norm1.weight", size);
            yield return Norm(prefix + "norm2.weight", size);
            IEnumerable<WeightSpec> linears = Linear(prefix + "attn.qkv", 3 * size, size, true)
                .Concat(Linear(prefix + "attn.proj", size, size, true))
                .Concat(Linear(prefix + "mlp.gate_proj", vision.IntermediateSize, size, true))
                .Concat(Linear(prefix + "mlp.up_proj", vision.IntermediateSize, size, true))
                .Concat(Linear(prefix + "mlp.down_proj", size, vision.IntermediateSize, true));
            foreach (WeightSpec spec in linears)
                yield return spec;
        }

        int merged = size * vision.PatchesPerFeature;
        yield return Norm("visual.merger.ln_q.weight", size);
        foreach (WeightSpec spec in Linear("visual.merger.mlp.0", merged, merged, true).Concat(Linear("visual.merger.mlp.2", vision.OutputSize, merged, true)))
            yield return spec;
    }

    private static IEnumerable<WeightSpec> Linear(string name, int outputs, int inputs, bool bias)
    {
        yield return Matrix(name + ".weight", outputs, inputs);
        if (bias)
            yield return new WeightSpec(name + ".bias", [outputs], WeightKind.Bias);
    }

    private static WeightSpec Matrix(string name, int rows, int columns) => new(name, [rows, columns], WeightKind.Matrix);

    private static WeightSpec Norm(string name, int size) => new(name, [size], WeightKind.Norm);
}
