using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Large tensors in small pieces, where a temporary of full size would cost too much memory.</summary>
public static class TensorSlices
{
    private const long SliceBytes = 2 << 20;

    /// <summary>Calls an action with consecutive slices of a flat tensor and the index of their first element.</summary>
    public static void ForEach(Tensor flat, Action<Tensor, long> action)
    {
        ArgumentNullException.ThrowIfNull(flat);
        ArgumentNullException.ThrowIfNull(action);
        long count = flat.NumberOfElements;
        long step = SliceBytes / ElementTypes.SizeOf(flat.dtype);
        for (long first = 0; first < count; first += step)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            action(flat.narrow(0, first, Math.Min(step, count - first)), first);
        }
    }

    /// <summary>Whether a contiguous tensor holds neither NaN nor infinity.</summary>
    public static bool AreFinite(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        bool finite = true;
        using Tensor flat = tensor.view(-1);
        ForEach(flat, (slice, _) => finite = finite && IsFinite(slice));
        return finite;
    }

    /// <summary>
    /// A sum makes no temporary and is finite only when all its terms are; it may overflow over finite ones, so that a sum that is
    /// not finite needs a second look.
    /// </summary>
    private static bool IsFinite(Tensor slice) =>
        float.IsFinite(slice.sum().to(ScalarType.Float32).item<float>()) || slice.isfinite().all().item<bool>();
}
