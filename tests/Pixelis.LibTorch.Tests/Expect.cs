using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

/// <summary>Compares tensors with values written in a test.</summary>
internal static class Expect
{
    public static void Values(Tensor actual, params double[] expected) => Near(actual, 1e-6, expected);

    public static void Near(Tensor actual, double tolerance, params double[] expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = actual.detach().to(ScalarType.Float64).contiguous();
        double[] values = flat.data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.True(
                values[i].Equals(expected[i]) || Math.Abs(values[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"element {i}: {values[i]}, expected {expected[i]}");
    }

    public static void Shape(Tensor actual, params long[] expected) => Assert.Equal(expected, actual.shape);
}
