using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>
/// A two-way layer (Kirillov et al. 2023, figure 14): tokens attend to themselves and to the picture, and the picture to the tokens.
/// </summary>
internal sealed class SamDecoderLayer(SamDecoderConfig config, SamWeights weights, int layer)
{
    private readonly string _root = $"mask_decoder.transformer.layers.{layer}.";
    private readonly SamDecoderAttention _self = new(config, weights, $"mask_decoder.transformer.layers.{layer}.self_attn");
    private readonly SamDecoderAttention _toPicture = new(config, weights, $"mask_decoder.transformer.layers.{layer}.cross_attn_token_to_image");
    private readonly SamDecoderAttention _toTokens = new(config, weights, $"mask_decoder.transformer.layers.{layer}.cross_attn_image_to_token");

    /// <summary>One step of both streams.</summary>
    /// <param name="tokens"><c>[P, T, C]</c>.</param>
    /// <param name="picture"><c>[P, G G, C]</c>.</param>
    /// <param name="tokenPlaces">The tokens as they entered the first layer, which stand for their places.</param>
    /// <param name="picturePlaces"><c>[1, G G, C]</c>.</param>
    public (Tensor Tokens, Tensor Picture) Forward(Tensor tokens, Tensor picture, Tensor tokenPlaces, Tensor picturePlaces)
    {
        using DisposeScope scope = NewDisposeScope();
        // The first layer's tokens are their places already; it adds neither those nor its input.
        Tensor placed = layer == 0 ? tokens : tokens + tokenPlaces;
        Tensor own = _self.Forward(placed, placed, tokens);
        tokens = Norm(1, layer == 0 ? own : tokens + own);
        Tensor keys = picture + picturePlaces;
        tokens = Norm(2, tokens + _toPicture.Forward(tokens + tokenPlaces, keys, picture));
        tokens = Norm(3, tokens + weights.FeedForward(_root + "mlp", tokens, config.Activation));
        picture = Norm(4, picture + _toTokens.Forward(keys, tokens + tokenPlaces, tokens));
        return (tokens.MoveToOuterDisposeScope(), picture.MoveToOuterDisposeScope());
    }

    private Tensor Norm(int number, Tensor x) => weights.Norm($"{_root}layer_norm{number}", x, config.NormEpsilon);
}
