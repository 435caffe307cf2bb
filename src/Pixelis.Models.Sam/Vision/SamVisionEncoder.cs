using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>The image encoder: a plain vision transformer (Li et al. 2022, "Exploring plain vision transformer backbones") and a neck of convolutions.</summary>
internal sealed class SamVisionEncoder
{
    private readonly SamVisionConfig _config;
    private readonly SamWeights _weights;
    private readonly SamVisionLayer[] _layers;

    public SamVisionEncoder(SamVisionConfig config, SamWeights weights)
    {
        _config = config;
        _weights = weights;
        _layers = [.. Enumerable.Range(0, config.LayerCount).Select(layer => new SamVisionLayer(config, weights, layer))];
    }

    /// <summary>Maps pictures <c>[B, 3, S, S]</c>, prepared, to embeddings <c>[B, C, S / patch, S / patch]</c>.</summary>
    public Tensor Forward(Tensor pixels, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _weights.Convolution("vision_encoder.patch_embed.projection", pixels, stride: _config.PatchSize).permute(0, 2, 3, 1);
        x = _config.HasAbsolutePositions ? x + _weights["vision_encoder.pos_embed"] : x.contiguous();
        foreach (SamVisionLayer layer in _layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor before = x;
            x = layer.Forward(before, cancellationToken);
            before.Dispose();
        }

        x = _weights.Convolution("vision_encoder.neck.conv1", x.permute(0, 3, 1, 2));
        x = _weights.ChannelNorm("vision_encoder.neck.layer_norm1", x, NeckEpsilon);
        x = _weights.Convolution("vision_encoder.neck.conv2", x, padding: 1);
        return _weights.ChannelNorm("vision_encoder.neck.layer_norm2", x, NeckEpsilon).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Of the neck's norms, whatever the config says of the layers'.</summary>
    private const double NeckEpsilon = 1e-6;
}
