namespace Pixelis.Models.Sam;

/// <summary>The tensors of a checkpoint, by the names that Hugging Face gives them.</summary>
internal static class SamParameters
{
    /// <summary>The frequencies; also found under <see cref="TiedFrequencies"/>, as both encoders share them.</summary>
    public const string Frequencies = "shared_image_embedding.positional_embedding";

    /// <summary>The second name of <see cref="Frequencies"/>.</summary>
    public const string TiedFrequencies = "prompt_encoder.shared_embedding.positional_embedding";

    /// <summary>All tensors that a config implies, without <see cref="TiedFrequencies"/>.</summary>
    public static IReadOnlyList<SamParameter> Of(SamConfig config) =>
        [new(Frequencies, [2, config.Vision.FrequencyCount], SamParameterKind.Frequencies), .. Vision(config.Vision), .. Prompt(config.Prompt), .. Decoder(config.Decoder)];

    private static IEnumerable<SamParameter> Vision(SamVisionConfig c)
    {
        const string Root = "vision_encoder.";
        if (c.HasAbsolutePositions)
            yield return new(Root + "pos_embed", [1, c.GridSize, c.GridSize, c.HiddenSize], SamParameterKind.Embedding);
        foreach (SamParameter p in Affine(Root + "patch_embed.projection", [c.HiddenSize, c.ChannelCount, c.PatchSize, c.PatchSize], c.HiddenSize))
            yield return p;
        foreach (SamParameter p in Enumerable.Range(0, c.LayerCount).SelectMany(layer => VisionLayer(c, layer, $"{Root}layers.{layer}.")))
            yield return p;
        yield return new(Root + "neck.conv1.weight", [c.OutputChannels, c.HiddenSize, 1, 1], SamParameterKind.Weight);
        yield return new(Root + "neck.conv2.weight", [c.OutputChannels, c.OutputChannels, 3, 3], SamParameterKind.Weight);
        foreach (SamParameter p in Norm(Root + "neck.layer_norm1", c.OutputChannels).Concat(Norm(Root + "neck.layer_norm2", c.OutputChannels)))
            yield return p;
    }

    private static IEnumerable<SamParameter> VisionLayer(SamVisionConfig c, int layer, string root)
    {
        IEnumerable<SamParameter> all =
        [
            .. Norm(root + "layer_norm1", c.HiddenSize), .. Norm(root + "layer_norm2", c.HiddenSize),
            .. Linear(root + "attn.qkv", c.HiddenSize, 3 * c.HiddenSize).Take(c.HasQueryBias ? 2 : 1), .. Linear(root + "attn.proj", c.HiddenSize, c.HiddenSize),
            .. Linear(root + "mlp.lin1", c.HiddenSize, c.FeedForwardSize), .. Linear(root + "mlp.lin2", c.FeedForwardSize, c.HiddenSize),
        ];
        if (!c.HasRelativePositions)
            return all;
        long[] table = [2 * c.AttentionSize(layer) - 1, c.HeadSize];
        return all.Append(new(root + "attn.rel_pos_h", table, SamParameterKind.RelativePositions)).Append(new(root + "attn.rel_pos_w", table, SamParameterKind.RelativePositions));
    }

    private static IEnumerable<SamParameter> Prompt(SamPromptConfig c)
    {
        const string Root = "prompt_encoder.";
        int narrow = c.MaskChannels / 4;
        return
        [
            .. Enumerable.Range(0, 4).Select(i => Embedding($"{Root}point_embed.{i}", 1, c.HiddenSize)),
            Embedding(Root + "not_a_point_embed", 1, c.HiddenSize), Embedding(Root + "no_mask_embed", 1, c.HiddenSize),
            .. Affine(Root + "mask_embed.conv1", [narrow, 1, 2, 2], narrow), .. Norm(Root + "mask_embed.layer_norm1", narrow),
            .. Affine(Root + "mask_embed.conv2", [c.MaskChannels, narrow, 2, 2], c.MaskChannels), .. Norm(Root + "mask_embed.layer_norm2", c.MaskChannels),
            .. Affine(Root + "mask_embed.conv3", [c.HiddenSize, c.MaskChannels, 1, 1], c.HiddenSize),
        ];
    }

    private static IEnumerable<SamParameter> Decoder(SamDecoderConfig c)
    {
        const string Root = "mask_decoder.";
        int half = c.HiddenSize / 4, quarter = c.HiddenSize / 8;
        return
        [
            Embedding(Root + "iou_token", 1, c.HiddenSize), Embedding(Root + "mask_tokens", c.MaskTokenCount, c.HiddenSize),
            .. Enumerable.Range(0, c.LayerCount).SelectMany(layer => DecoderLayer(c, $"{Root}transformer.layers.{layer}.")),
            .. Attention(Root + "transformer.final_attn_token_to_image", c.HiddenSize, c.HiddenSize / c.AttentionDownsampling),
            .. Norm(Root + "transformer.layer_norm_final_attn", c.HiddenSize),
            .. Affine(Root + "upscale_conv1", [c.HiddenSize, half, 2, 2], half), .. Norm(Root + "upscale_layer_norm", half),
            .. Affine(Root + "upscale_conv2", [half, quarter, 2, 2], quarter),
            .. Enumerable.Range(0, c.MaskTokenCount).SelectMany(i => Perceptron($"{Root}output_hypernetworks_mlps.{i}.", c.HiddenSize, c.HiddenSize, quarter, 3)),
            .. Perceptron(Root + "iou_prediction_head.", c.HiddenSize, c.QualityHiddenSize, c.MaskTokenCount, c.QualityDepth),
        ];
    }

    private static IEnumerable<SamParameter> DecoderLayer(SamDecoderConfig c, string root)
    {
        int narrow = c.HiddenSize / c.AttentionDownsampling;
        return
        [
            .. Attention(root + "self_attn", c.HiddenSize, c.HiddenSize), .. Attention(root + "cross_attn_token_to_image", c.HiddenSize, narrow),
            .. Attention(root + "cross_attn_image_to_token", c.HiddenSize, narrow),
            .. Linear(root + "mlp.lin1", c.HiddenSize, c.FeedForwardSize), .. Linear(root + "mlp.lin2", c.FeedForwardSize, c.HiddenSize),
            .. Enumerable.Range(1, 4).SelectMany(i => Norm($"{root}layer_norm{i}", c.HiddenSize)),
        ];
    }

    private static IEnumerable<SamParameter> Attention(string name, int width, int inner) =>
        [.. Linear(name + ".q_proj", width, inner), .. Linear(name + ".k_proj", width, inner), .. Linear(name + ".v_proj", width, inner), .. Linear(name + ".out_proj", inner, width)];

    private static IEnumerable<SamParameter> Perceptron(string root, int input, int hidden, int output, int depth) =>
    [
        .. Linear(root + "proj_in", input, hidden), .. Enumerable.Range(0, depth - 2).SelectMany(i => Linear($"{root}layers.{i}", hidden, hidden)),
        .. Linear(root + "proj_out", hidden, output),
    ];

    private static SamParameter Embedding(string name, long rows, long width) => new(name + ".weight", [rows, width], SamParameterKind.Embedding);

    private static IEnumerable<SamParameter> Linear(string name, long input, long output) => Affine(name, [output, input], output);

    private static IEnumerable<SamParameter> Affine(string name, long[] weight, long output) =>
        [new(name + ".weight", weight, SamParameterKind.Weight), new(name + ".bias", [output], SamParameterKind.Bias)];

    private static IEnumerable<SamParameter> Norm(string name, long width) =>
        [new(name + ".weight", [width], SamParameterKind.Scale), new(name + ".bias", [width], SamParameterKind.Bias)];
}
