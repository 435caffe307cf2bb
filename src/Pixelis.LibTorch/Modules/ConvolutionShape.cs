using Pixelis.LibTorch.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The sizes of a convolution.</summary>
internal sealed record ConvolutionShape(
    long In, long Out, long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, long Groups, PaddingModes PaddingMode)
{
    /// <summary>Rows and columns added to one side of a transposed convolution's output; null for an ordinary one.</summary>
    internal long[]? OutputPadding { get; init; }

    internal long[] WeightSizes => OutputPadding is null ? [Out, In / Groups, .. Kernel] : [In, Out / Groups, .. Kernel];

    internal Tensor Apply(Tensor input, Tensor weight, Tensor? bias)
    {
        if (PaddingMode is PaddingModes.Zeros)
            return Convolve(input, weight, bias, Padding);
        // Other fillings are put around the input first; the last dimension comes first in the list.
        long[] around = Padding.Reverse().SelectMany(size => new[] { size, size }).ToArray();
        using Tensor padded = nn.functional.pad(input, around, PaddingMode);
        return Convolve(padded, weight, bias, new long[Padding.Length]);
    }

    private Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, long[] padding)
    {
        bool single = input.Dimensions == Kernel.Length + 1;
        using Tensor? batch = single ? input.unsqueeze(0) : null;
        Tensor result = Dispatcher.Call(
            Ops.convolution, batch ?? input, weight, bias, Stride, padding, Dilation, OutputPadding is not null,
            OutputPadding ?? new long[Kernel.Length], Groups);
        return single ? result.squeeze_(0) : result;
    }
}
