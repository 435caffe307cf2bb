using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>Cuts a grid into square windows, filled with zeros beyond its right and lower edge, and joins them again.</summary>
internal static class AttentionWindows
{
    /// <summary><c>[B, H, W, C]</c> to <c>[B * windows, size, size, C]</c>, row by row of windows.</summary>
    public static Tensor Cut(Tensor x, long size)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = x.shape[0], channels = x.shape[3], down = Count(x.shape[1], size), across = Count(x.shape[2], size);
        Tensor padded = nn.functional.pad(x, new long[] { 0, 0, 0, across * size - x.shape[2], 0, down * size - x.shape[1] });
        return padded.view(batch, down, size, across, size, channels).permute(0, 1, 3, 2, 4, 5)
            .reshape(batch * down * across, size, size, channels).MoveToOuterDisposeScope();
    }

    /// <summary>Undoes <see cref="Cut"/> for a grid of <paramref name="height"/> x <paramref name="width"/>.</summary>
    public static Tensor Join(Tensor windows, long height, long width)
    {
        using DisposeScope scope = NewDisposeScope();
        long size = windows.shape[1], channels = windows.shape[3], down = Count(height, size), across = Count(width, size);
        return windows.view(-1, down, across, size, size, channels).permute(0, 1, 3, 2, 4, 5).reshape(-1, down * size, across * size, channels)
            .narrow(1, 0, height).narrow(2, 0, width).contiguous().MoveToOuterDisposeScope();
    }

    private static long Count(long length, long size) => (length + size - 1) / size;
}
