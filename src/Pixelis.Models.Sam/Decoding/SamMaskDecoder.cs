using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>Reads masks out of an image embedding, one for every mask token, and how good each of them is likely to be.</summary>
internal sealed class SamMaskDecoder
{
    private const string Root = "mask_decoder.";

    /// <summary>Of the last norm, which the config does not name.</summary>
    private const double FinalEpsilon = 1e-5;

    /// <summary>Of the norm between the two upscalings, which the config does not name.</summary>
    private const double UpscalingEpsilon = 1e-6;

    private readonly SamDecoderConfig _config;
    private readonly SamWeights _weights;
    private readonly SamDecoderLayer[] _layers;
    private readonly SamDecoderAttention _final;

    public SamMaskDecoder(SamDecoderConfig config, SamWeights weights)
    {
        _config = config;
        _weights = weights;
        _layers = [.. Enumerable.Range(0, config.LayerCount).Select(layer => new SamDecoderLayer(config, weights, layer))];
        _final = new SamDecoderAttention(config, weights, Root + "transformer.final_attn_token_to_image");
    }

    /// <summary>Decodes prompts that share one picture.</summary>
    /// <param name="embedding"><c>[1, C, G, G]</c>.</param>
    /// <param name="places">Positions of the patches, <c>[1, C, G, G]</c>.</param>
    /// <param name="prompts">Tokens, <c>[P, T, C]</c>.</param>
    /// <param name="dense">Added to the embedding; broadcast to its shape.</param>
    /// <returns>Logits <c>[P, M, 4 G, 4 G]</c> and predicted intersection over union <c>[P, M]</c>; mask 0 is the single one.</returns>
    public (Tensor Masks, Tensor Quality) Forward(Tensor embedding, Tensor places, Tensor prompts, Tensor dense)
    {
        using DisposeScope scope = NewDisposeScope();
        long count = prompts.shape[0], side = embedding.shape[2];
        Tensor outputs = cat([_weights[Root + "iou_token.weight"], _weights[Root + "mask_tokens.weight"]], 0);
        Tensor start = cat([outputs.unsqueeze(0).expand(count, -1, -1), prompts], 1);
        Tensor tokens = start, picture = Rows(embedding + dense).expand(count, -1, -1), picturePlaces = Rows(places);
        foreach (SamDecoderLayer layer in _layers)
            (tokens, picture) = layer.Forward(tokens, picture, start, picturePlaces);
        Tensor read = _final.Forward(tokens + start, picture + picturePlaces, picture);
        tokens = _weights.Norm(Root + "transformer.layer_norm_final_attn", tokens + read, FinalEpsilon);
        Tensor masks = Masks(tokens.narrow(1, 1, _config.MaskTokenCount), picture.transpose(1, 2).reshape(count, -1, side, side));
        Tensor quality = _weights.Perceptron(Root + "iou_prediction_head", tokens.select(1, 0), _config.QualityDepth);
        return (masks.MoveToOuterDisposeScope(), quality.MoveToOuterDisposeScope());
    }

    // Every mask token makes the weights of a linear map from upscaled channels to one logit.
    private Tensor Masks(Tensor maskTokens, Tensor picture)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wide = _weights.ChannelNorm(Root + "upscale_layer_norm", _weights.Upscaling(Root + "upscale_conv1", picture), UpscalingEpsilon);
        wide = nn.functional.gelu(_weights.Upscaling(Root + "upscale_conv2", nn.functional.gelu(wide)));
        Tensor maps = stack(Enumerable.Range(0, _config.MaskTokenCount)
            .Select(i => _weights.Perceptron($"{Root}output_hypernetworks_mlps.{i}", maskTokens.select(1, i), 3)).ToArray(), 1);
        long count = wide.shape[0], channels = wide.shape[1], side = wide.shape[2];
        return maps.matmul(wide.reshape(count, channels, side * side)).view(count, -1, side, side).MoveToOuterDisposeScope();
    }

    private static Tensor Rows(Tensor x) => x.flatten(2).transpose(1, 2);
}
