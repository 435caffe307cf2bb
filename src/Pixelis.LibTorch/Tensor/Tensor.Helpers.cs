using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // An in-place operator returns a second reference to the tensor it changed; the object that is here already is returned.
        private Tensor InPlace(Operator op, params ReadOnlySpan<Argument> arguments)
        {
            Dispatcher.Run(op, arguments);
            return this;
        }

        private static string? RoundingName(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

        private static Tensor Into(Tensor? target, Tensor result)
        {
            if (target is null)
                return result;
            using (result)
                return target.copy_(result);
        }

        private static Tensor As(Tensor result, ScalarType? type) =>
            type is null || type == result.dtype ? result : result.to(type.Value, disposeAfter: true);

        private long[] Unflattened(long dim, long[] sizes)
        {
            long[] before = shape;
            int at = Wrap((int)dim);
            return [.. before[..at], .. sizes, .. before[(at + 1)..]];
        }

        /// <summary>The distinct elements, and on request where they are and how many there are; what is not asked for is empty.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            (Tensor values, Tensor inverse, Tensor counts) = dim is null
                ? Dispatcher.CallThree(Ops._unique2, this, sorted, return_inverse, return_counts)
                : Dispatcher.CallThree(Ops.unique_dim, this, dim.Value, sorted, return_inverse, return_counts);
            return (values, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        /// <summary>Runs of equal elements reduced to one, and on request where they are and how long they are.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            (Tensor values, Tensor inverse, Tensor counts) =
                Dispatcher.CallThree(Ops.unique_consecutive, this, return_inverse, return_counts, dim);
            return (values, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        /// <summary>The indices of the elements that are not zero, one tensor a dimension.</summary>
        public IList<Tensor> nonzero_as_list() => Dispatcher.CallList(Ops.nonzero_numpy, this);

        /// <summary>The transposed matrix.</summary>
        public Tensor T => Dispatcher.Call(Ops.numpy_T, this);

        /// <summary>The tensor with its last two dimensions exchanged.</summary>
        public Tensor mT => Dispatcher.Call(Ops.mT, this);


        private static Tensor? Wanted(Tensor tensor, bool wanted)
        {
            if (wanted)
                return tensor;
            tensor.Dispose();
            return null;
        }
    }
}
