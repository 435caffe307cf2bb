using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>Turns points, boxes and masks into the tokens and the picture-wide embedding that the decoder reads.</summary>
internal sealed class SamPromptEncoder(SamConfig config, SamWeights weights)
{
    private const string Root = "prompt_encoder.";

    private Device Device => weights[SamParameters.Frequencies].device;

    /// <summary>The tokens of prompts, <c>[P, T, C]</c>: points, then (without a box) one that says "no point", or the two corners of the box.</summary>
    public Tensor Tokens(SamPrompts prompts)
    {
        using DisposeScope scope = NewDisposeScope();
        var parts = new List<Tensor>();
        if (prompts.Labels.Length > 0)
        {
            Tensor points = tensor(prompts.Points, ScalarType.Float32, Device).view(prompts.Count, -1, 2);
            Tensor labels = tensor(prompts.Labels, ScalarType.Int32, Device).view(prompts.Count, -1, 1);
            parts.Add(Points(points, labels));
            if (prompts.Boxes is null)
                parts.Add(weights[Root + "not_a_point_embed.weight"].view(1, 1, -1).expand(prompts.Count, 1, -1));
        }

        if (prompts.Boxes is { } boxes)
        {
            Tensor corners = Fourier(PixelCentres(tensor(boxes, ScalarType.Float32, Device).view(prompts.Count, 2, 2)));
            parts.Add(corners + stack([Point(2), Point(3)], 0).unsqueeze(0));
        }

        return parts.Count == 0
            ? zeros([prompts.Count, 0, config.Prompt.HiddenSize], ScalarType.Float32, Device).MoveToOuterDisposeScope()
            : cat(parts, 1).MoveToOuterDisposeScope();
    }

    /// <summary>What is added to every place of the image embedding: <c>[1, C, G, G]</c> for a mask, <c>[1, C, 1, 1]</c> without one.</summary>
    public Tensor Dense(SamPrompts prompts)
    {
        if (prompts.Mask is not { } mask)
            return weights[Root + "no_mask_embed.weight"].view(1, -1, 1, 1);
        using DisposeScope scope = NewDisposeScope();
        long side = 4L * config.Vision.GridSize;
        Tensor x = tensor(mask, ScalarType.Float32, Device).view(1, 1, side, side);
        for (int i = 1; i <= 2; i++)
        {
            x = weights.Convolution($"{Root}mask_embed.conv{i}", x, stride: 2);
            x = config.Prompt.Activation.Apply(weights.ChannelNorm($"{Root}mask_embed.layer_norm{i}", x, config.Prompt.NormEpsilon));
        }

        return weights.Convolution(Root + "mask_embed.conv3", x).MoveToOuterDisposeScope();
    }

    /// <summary>The features of the middle of every patch, <c>[1, C, G, G]</c>.</summary>
    public Tensor PicturePositions()
    {
        using DisposeScope scope = NewDisposeScope();
        long grid = config.Vision.GridSize;
        Tensor middles = (arange(grid, dtype: ScalarType.Float32, device: Device) + 0.5) / grid;
        Tensor places = stack([middles.unsqueeze(0).expand(grid, grid), middles.unsqueeze(1).expand(grid, grid)], -1);
        return Fourier(places).permute(2, 0, 1).unsqueeze(0).contiguous().MoveToOuterDisposeScope();
    }

    private Tensor Points(Tensor points, Tensor labels)
    {
        Tensor features = Fourier(PixelCentres(points));
        Tensor none = weights[Root + "not_a_point_embed.weight"].view(1, 1, -1);
        Tensor known = features + where(labels == 1, Point(1).view(1, 1, -1), Point(0).view(1, 1, -1));
        return where(labels == -1, none, known);
    }

    private Tensor Point(int kind) => weights[$"{Root}point_embed.{kind}.weight"].view(-1);

    // Pixel indices to fractions of the input's side.
    private Tensor PixelCentres(Tensor places) => (places + 0.5) / config.Vision.ImageSize;

    // Random Fourier features (Tancik et al. 2020) of places in 0..1, [..., 2] to [..., C].
    private Tensor Fourier(Tensor places)
    {
        Tensor angle = (2 * places - 1).matmul(weights[SamParameters.Frequencies]) * (2 * Math.PI);
        return cat([angle.sin(), angle.cos()], -1);
    }
}
