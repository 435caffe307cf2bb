using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>Layers by name. Results belong to the caller's dispose scope.</summary>
internal static class SamLayers
{
    /// <summary>The linear layer of that name: <c>[..., in]</c> to <c>[..., out]</c>.</summary>
    public static Tensor Linear(this SamWeights weights, string name, Tensor x) => LinearMap.Apply(x, weights[name + ".weight"], weights.Find(name + ".bias"));

    /// <summary>The norm of that name over the last dimension.</summary>
    public static Tensor Norm(this SamWeights weights, string name, Tensor x, double epsilon) =>
        nn.functional.layer_norm(x, [x.shape[^1]], weights[name + ".weight"], weights[name + ".bias"], epsilon);

    /// <summary>The norm of that name over the channels of <c>[B, C, H, W]</c>, at each place on its own.</summary>
    public static Tensor ChannelNorm(this SamWeights weights, string name, Tensor x, double epsilon) =>
        weights.Norm(name, x.permute(0, 2, 3, 1), epsilon).permute(0, 3, 1, 2);

    /// <summary>The convolution of that name, <c>[B, C, H, W]</c>.</summary>
    public static Tensor Convolution(this SamWeights weights, string name, Tensor x, long stride = 1, long padding = 0) =>
        nn.functional.conv2d(x, weights[name + ".weight"], weights.Find(name + ".bias"), [stride, stride], [padding, padding]);

    /// <summary>The transposed convolution of that name, which doubles height and width.</summary>
    public static Tensor Upscaling(this SamWeights weights, string name, Tensor x) =>
        nn.functional.conv_transpose2d(x, weights[name + ".weight"], weights[name + ".bias"], strides: [2, 2]);

    /// <summary>Linear layers with an activation between them: <c>lin1</c>, <c>lin2</c>.</summary>
    public static Tensor FeedForward(this SamWeights weights, string name, Tensor x, SamActivation activation) =>
        weights.Linear(name + ".lin2", activation.Apply(weights.Linear(name + ".lin1", x)));

    /// <summary>A perceptron of so many linear layers with relu between them: <c>proj_in</c>, <c>layers.*</c>, <c>proj_out</c>.</summary>
    public static Tensor Perceptron(this SamWeights weights, string name, Tensor x, int depth)
    {
        Tensor state = nn.functional.relu(weights.Linear(name + ".proj_in", x));
        for (int i = 0; i < depth - 2; i++)
            state = nn.functional.relu(weights.Linear($"{name}.layers.{i}", state));
        return weights.Linear(name + ".proj_out", state);
    }
}
