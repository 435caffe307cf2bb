using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>The low-rank change of one linear layer: <c>y + scale * B(A(x))</c>.</summary>
public sealed class LoraLinear : IProjectionDelta, IDisposable
{
    /// <summary>Makes the change; it owns the matrices.</summary>
    /// <param name="a">A, <c>[r, in]</c>.</param>
    /// <param name="b">B, <c>[out, r]</c>.</param>
    /// <param name="scale">Factor of the change.</param>
    /// <param name="dropout">Share of inputs dropped while <see cref="Training"/>.</param>
    public LoraLinear(Parameter a, Parameter b, double scale, double dropout = 0)
    {
        A = a;
        B = b;
        Scale = scale;
        Dropout = dropout;
    }

    /// <summary>A, <c>[r, in]</c>.</summary>
    public Parameter A { get; }

    /// <summary>B, <c>[out, r]</c>.</summary>
    public Parameter B { get; }

    /// <summary>Factor of the change.</summary>
    public double Scale { get; }

    /// <summary>Share of inputs dropped while training.</summary>
    public double Dropout { get; }

    /// <summary>Whether inputs are dropped.</summary>
    public bool Training { get; set; }

    /// <inheritdoc />
    public Tensor AddTo(Tensor input, Tensor output)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = input.dtype == A.dtype ? input : input.to(A.dtype);
        if (Training && Dropout > 0)
            x = torch.nn.functional.dropout(x, Dropout, training: true);
        Tensor change = LinearMap.Apply(LinearMap.Apply(x, A, null), B, null) * Scale;
        if (change.dtype != output.dtype)
            change = change.to(output.dtype);
        return (output + change).MoveToOuterDisposeScope();
    }

    /// <summary>The change as a matrix in float32: <c>scale * B A</c>, <c>[out, in]</c>, in the dispose scope of the caller.</summary>
    public Tensor ToMatrix()
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return (B.to(ScalarType.Float32).matmul(A.to(ScalarType.Float32)) * Scale).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
    }
}
