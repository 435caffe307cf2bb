using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Rewards;

/// <summary>
/// The networks of intrinsic curiosity. Encoder: <c>f = norm(W2 relu(W1 norm(s)))</c>; forward model: the next features from features and
/// call; inverse model: the call from both features. Both norms are layer norms without weights: the first makes the scale of the policy's
/// states not matter, the second keeps the features from shrinking, which would be the easiest way to predict them.
/// </summary>
internal sealed class CuriosityNetwork : NamedModule
{
    private readonly Projection _encoderIn, _encoderOut, _forwardIn, _forwardOut, _inverseIn, _inverseOut;

    /// <summary>Makes networks of seeded weights, uniform within 1 / sqrt(inputs) as linear layers usually begin; biases 0.</summary>
    public CuriosityNetwork(CuriosityOptions options, ScalarType type = ScalarType.Float32)
        : base(nameof(CuriosityNetwork))
    {
        using var random = new Generator(options.Seed);
        _encoderIn = Layer("encoder_in", options.StateSize, options.HiddenSize);
        _encoderOut = Layer("encoder_out", options.HiddenSize, options.FeatureSize);
        _forwardIn = Layer("forward_in", options.FeatureSize + options.ActionSize, options.HiddenSize);
        _forwardOut = Layer("forward_out", options.HiddenSize, options.FeatureSize);
        _inverseIn = Layer("inverse_in", 2 * options.FeatureSize, options.HiddenSize);
        _inverseOut = Layer("inverse_out", options.HiddenSize, options.ActionSize);

        Projection Layer(string name, int inputs, int outputs)
        {
            double bound = 1 / Math.Sqrt(inputs);
            Tensor weight = torch.empty([outputs, inputs], dtype: type).uniform_(-bound, bound, random);
            return Register(name, new Projection(new Parameter(weight), new Parameter(torch.zeros([outputs], dtype: type))));
        }
    }

    /// <summary>The errors of both models, one a transition, in the dispose scope of the caller.</summary>
    /// <param name="state">States, <c>[N, S]</c>.</param>
    /// <param name="action">Calls, <c>[N, A]</c>.</param>
    /// <param name="next">States after, <c>[N, S]</c>.</param>
    /// <returns>Mean squared errors over features and over calls, each <c>[N]</c>.</returns>
    public (Tensor Forward, Tensor Inverse) Errors(Tensor state, Tensor action, Tensor next)
    {
        Tensor from = Encode(state), to = Encode(next);
        Tensor predicted = _forwardOut.Forward(nn.functional.relu(_forwardIn.Forward(torch.cat([from, action], 1))));
        Tensor recovered = _inverseOut.Forward(nn.functional.relu(_inverseIn.Forward(torch.cat([from, to], 1))));
        return ((predicted - to).square().mean([1]), (recovered - action).square().mean([1]));
    }

    private Tensor Encode(Tensor state) => Norm(_encoderOut.Forward(nn.functional.relu(_encoderIn.Forward(Norm(state)))));

    private static Tensor Norm(Tensor x) => nn.functional.layer_norm(x, [x.shape[^1]]);
}
