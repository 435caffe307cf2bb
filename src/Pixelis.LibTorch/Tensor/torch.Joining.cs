using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Joins tensors along a dimension they have.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Dispatcher.Call(Ops.cat, tensors.ToArray(), dim);

    /// <summary>Joins tensors along a dimension they have.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Dispatcher.Call(Ops.cat, tensors, dim);

    /// <summary>Joins tensors along a dimension they have.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Dispatcher.Call(Ops.cat, tensors.ToArray(), dim);

    /// <summary>Joins tensors along a dimension they have.</summary>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Joins tensors along a dimension they have.</summary>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Joins tensors along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Dispatcher.Call(Ops.stack, tensors.ToArray(), dim);

    /// <summary>Joins tensors along the first dimension; vectors become rows.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => Dispatcher.Call(Ops.vstack, tensors.ToArray());

    /// <summary>Joins tensors along the first dimension; vectors become rows.</summary>
    public static Tensor vstack(Tensor[] tensors) => Dispatcher.Call(Ops.vstack, tensors);

    /// <summary>Joins tensors along the second dimension; vectors along the first.</summary>
    public static Tensor hstack(IList<Tensor> tensors) => Dispatcher.Call(Ops.hstack, tensors.ToArray());

    /// <summary>Joins tensors along the second dimension; vectors along the first.</summary>
    public static Tensor hstack(params Tensor[] tensors) => Dispatcher.Call(Ops.hstack, tensors);

    /// <summary>Splits a dimension into parts of those sizes.</summary>
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    /// <summary>Coordinate grids from vectors.</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Dispatcher.CallList(Ops.meshgrid__indexing, tensors.ToArray(), indexing);

    /// <summary>Brings tensors to one shape without copying.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Dispatcher.CallList(Ops.broadcast_tensors, tensors);

    /// <summary>Sums of products, written as in <c>bhqd,bhkd->bhqk</c>.</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Dispatcher.Call(Ops.einsum, equation, tensors);

    /// <summary>Elements of x where the condition is true, else of y.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Dispatcher.Call(Ops.where__self, condition, x, y);

    /// <summary>The indices where the condition is true, one tensor a dimension.</summary>
    public static Tensor[] where(Tensor condition) => Dispatcher.CallList(Ops.where, condition);

    /// <summary>Where values would be inserted into a sorted sequence.</summary>
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Dispatcher.Call(Ops.searchsorted__Tensor, sorted_sequence, values, out_int32, right, Argument.None, sorter);

    /// <summary>Indices of the lower triangle, <c>[2, n]</c>.</summary>
    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Dispatcher.Call(Ops.tril_indices, row, col, offset, dtype, Argument.None, device);

    /// <summary>Indices of the upper triangle, <c>[2, n]</c>.</summary>
    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Dispatcher.Call(Ops.triu_indices, row, col, offset, dtype, Argument.None, device);

    /// <summary>The distinct elements; see <see cref="Tensor.unique"/>.</summary>
    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    /// <summary>The element type that an operation of both would give.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2)
    {
        using Tensor left = empty([1], type1), right = empty([1], type2);
        return result_type(left, right);
    }

    /// <summary>The element type that an operation of both would give.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) =>
        (ScalarType)Dispatcher.CallValue(Ops.result_type__Tensor, tensor1, tensor2).Payload;

    /// <summary>Whether the object is a tensor.</summary>
    public static bool is_tensor(object obj) => obj is Tensor;

    /// <summary>Number of elements.</summary>
    public static long numel(Tensor input) => input.numel();
}
