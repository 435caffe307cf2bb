using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// A decoder layer that keeps its input only: the backward pass runs the layer again, with gradients, from the random state and in the
/// precision of the first time (Chen et al., 2016).
/// </summary>
internal sealed class RecomputedLayer : autograd.SingleTensorFunction<RecomputedLayer>
{
    private const string LayerKey = "layer";
    private const string MaskKey = "mask";

    /// <inheritdoc />
    public override string Name => nameof(RecomputedLayer);

    /// <summary>Runs a layer. Its input must ask for gradients, or the layer's parameters would get none.</summary>
    public static Tensor Run(Tensor state, QwenDecoderLayer layer, DecoderContext context)
    {
        Tensor input = state.requires_grad ? state : state.detach().requires_grad_();
        return apply(input, context.Factors.Cos, context.Factors.SignedSin, layer, context);
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor state, Tensor cos, Tensor sin) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        (QwenDecoderLayer layer, DecoderContext context) = ((QwenDecoderLayer)vars[3], (DecoderContext)vars[4]);
        AttentionMask mask = context.Mask;
        var saved = new List<Tensor> { state, cos, sin, torch.get_rng_state() };
        if (mask.Padding is not null)
            saved.Add(mask.Padding);
        ctx.save_for_backward(saved);
        ctx.save_data(LayerKey, layer);
        ctx.save_data(MaskKey, (mask.QueryColumns, mask.Type, mask.Device, MixedPrecision.IsOn, context.Packed?.Lengths));
        return layer.Forward(state, new DecoderContext(new RotaryFactors(cos, sin), mask, null, context.Packed));
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        var layer = (QwenDecoderLayer)ctx.get_data(LayerKey)!;
        (long columns, ScalarType type, Device device, bool mixed, IReadOnlyList<int>? lengths) = ((long, ScalarType, Device, bool, IReadOnlyList<int>?))ctx.get_data(MaskKey)!;
        using var mask = new AttentionMask(columns, saved.Count > 4 ? saved[4] : null, type, device);
        using PackedSequences? packed = lengths is null ? null : new PackedSequences(lengths, type, device);
        Tensor state = saved[0].detach().requires_grad_();
        Tensor result;
        using (torch.enable_grad())
        using (mixed ? MixedPrecision.Begin(device.type) : null)
        {
            Tensor now = torch.get_rng_state();
            torch.set_rng_state(saved[3]);
            result = layer.Forward(state, new DecoderContext(new RotaryFactors(saved[1], saved[2]), mask, null, packed));
            torch.set_rng_state(now);
        }

        autograd.backward([result], [grad_output]);
        return [state.grad!, null!, null!, null!, null!];
    }
}
