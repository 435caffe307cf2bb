using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same memory with another shape; one size may be -1.</summary>
        public Tensor view(params long[] shape) => Dispatcher.Call(Ops.view, this, shape);

        /// <summary>The same memory with the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) => Dispatcher.Call(Ops.view_as, this, other);

        /// <summary>Another shape; copies only where the memory does not allow a view. One size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Dispatcher.Call(Ops.reshape, this, shape);

        /// <summary>Joins dimensions.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Dispatcher.Call(Ops.flatten__using_ints, this, start_dim, end_dim);

        /// <summary>Splits a dimension.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => reshape(Unflattened(dim, sizes));

        /// <summary>One dimension.</summary>
        public Tensor ravel() => Dispatcher.Call(Ops.ravel, this);

        /// <summary>Exchanges two dimensions.</summary>
        public Tensor transpose(long dim0, long dim1) => Dispatcher.Call(Ops.transpose__int, this, dim0, dim1);

        /// <summary>Exchanges two dimensions, in place.</summary>
        public Tensor transpose_(long dim0, long dim1) => InPlace(Ops.transpose_, this, dim0, dim1);

        /// <summary>Exchanges two dimensions.</summary>
        public Tensor swapaxes(long dim0, long dim1) => Dispatcher.Call(Ops.transpose__int, this, dim0, dim1);

        /// <summary>Exchanges two dimensions.</summary>
        public Tensor swapdims(long dim0, long dim1) => Dispatcher.Call(Ops.transpose__int, this, dim0, dim1);

        /// <summary>Transposes a matrix.</summary>
        public Tensor t() => Dispatcher.Call(Ops.t, this);

        /// <summary>Reorders all dimensions.</summary>
        public Tensor permute(params long[] permutation) => Dispatcher.Call(Ops.permute, this, permutation);

        /// <summary>Reorders all dimensions.</summary>
        public Tensor permute(IEnumerable<long> permutation) => Dispatcher.Call(Ops.permute, this, permutation.ToArray());

        /// <summary>Moves dimensions to other places.</summary>
        public Tensor movedim(long[] source, long[] destination) => Dispatcher.Call(Ops.movedim__intlist, this, source, destination);

        /// <summary>Moves dimensions to other places.</summary>
        public Tensor moveaxis(long[] source, long[] destination) => Dispatcher.Call(Ops.movedim__intlist, this, source, destination);

        /// <summary>Drops a dimension of size 1, or all of them.</summary>
        public Tensor squeeze(long? dim = null) =>
            dim is null ? Dispatcher.Call(Ops.squeeze, this) : Dispatcher.Call(Ops.squeeze__dim, this, dim.Value);

        /// <summary>Drops a dimension of size 1, or all of them, in place.</summary>
        public Tensor squeeze_(long? dim = null) => dim is null ? InPlace(Ops.squeeze_, this) : InPlace(Ops.squeeze___dim, this, dim.Value);

        /// <summary>Adds a dimension of size 1.</summary>
        public Tensor unsqueeze(long dim) => Dispatcher.Call(Ops.unsqueeze, this, dim);

        /// <summary>Adds a dimension of size 1, in place.</summary>
        public Tensor unsqueeze_(long dim) => InPlace(Ops.unsqueeze_, this, dim);

        /// <summary>Repeats dimensions of size 1 without copying.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Dispatcher.Call(Ops.expand, this, sizes.ToArray(), isImplicit);

        /// <summary>Repeats dimensions of size 1 without copying; -1 keeps a size.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Dispatcher.Call(Ops.expand, this, sizes, isImplicit);

        /// <summary>Repeats dimensions of size 1 without copying; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => Dispatcher.Call(Ops.expand, this, sizes);

        /// <summary>Repeats dimensions of size 1 without copying.</summary>
        public Tensor expand(Size sizes, bool isImplicit = false) => Dispatcher.Call(Ops.expand, this, sizes.Shape, isImplicit);

        /// <summary>Repeats dimensions of size 1 to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other) => Dispatcher.Call(Ops.expand_as, this, other);

        /// <summary>Repeats dimensions of size 1 without copying.</summary>
        public Tensor broadcast_to(params long[] shape) => Dispatcher.Call(Ops.broadcast_to, this, shape);

        /// <summary>Repeats the tensor along each dimension, copying.</summary>
        public Tensor repeat(params long[] sizes) => Dispatcher.Call(Ops.repeat, this, sizes);

        /// <summary>Repeats the tensor along each dimension, copying.</summary>
        public Tensor tile(long[] reps) => Dispatcher.Call(Ops.tile, this, reps);

        /// <summary>Repeats each element as often as a tensor says.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Dispatcher.Call(Ops.repeat_interleave__self_Tensor, this, repeats, dim, output_size);

        /// <summary>Repeats each element.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Dispatcher.Call(Ops.repeat_interleave__self_int, this, repeats, dim, output_size);

        /// <summary>Row-major without gaps; the tensor itself where it already is.</summary>
        public Tensor contiguous() => Dispatcher.Call(Ops.contiguous, this);

        /// <summary>A copy.</summary>
        public Tensor clone() => Dispatcher.Call(Ops.clone, this);

        /// <summary>The same memory, outside the graph of gradients.</summary>
        public Tensor detach() => Dispatcher.Call(Ops.detach, this);

        /// <summary>Takes the tensor out of the graph of gradients.</summary>
        public Tensor detach_() => InPlace(Ops.detach_, this);

        /// <summary>Another tensor over the same memory.</summary>
        public Tensor alias() => Dispatcher.Call(Ops.alias, this);

        /// <summary>Reverses dimensions.</summary>
        public Tensor flip(params long[] dims) => Dispatcher.Call(Ops.flip, this, dims);

        /// <summary>Reverses the second dimension.</summary>
        public Tensor fliplr() => Dispatcher.Call(Ops.fliplr, this);

        /// <summary>Reverses the first dimension.</summary>
        public Tensor flipud() => Dispatcher.Call(Ops.flipud, this);

        /// <summary>Rotates elements along a dimension.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            Dispatcher.Call(Ops.roll, this, new[] { shifts }, dims is null ? Array.Empty<long>() : new[] { dims.Value });

        /// <summary>Rotates elements along dimensions.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Dispatcher.Call(Ops.roll, this, shifts, dims);

        /// <summary>Rotates the flattened tensor.</summary>
        public Tensor roll(long[] shifts) => Dispatcher.Call(Ops.roll, this, shifts);

        /// <summary>Rotates elements along two dimensions.</summary>
        public Tensor roll((long, long) shifts, (long, long) dims) =>
            Dispatcher.Call(Ops.roll, this, new[] { shifts.Item1, shifts.Item2 }, new[] { dims.Item1, dims.Item2 });

        /// <summary>Rotates by 90 degrees k times.</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Dispatcher.Call(Ops.rot90, this, k, dims is null ? new long[] { 0, 1 } : new[] { dims.Value.Item1, dims.Value.Item2 });

        /// <summary>A range of a dimension, without copying.</summary>
        public Tensor narrow(long dim, long start, long length) => Dispatcher.Call(Ops.narrow, this, dim, start, length);

        /// <summary>Windows of a dimension, without copying.</summary>
        public Tensor unfold(long dimension, long size, long step) => Dispatcher.Call(Ops.unfold, this, dimension, size, step);

        /// <summary>The storage with any sizes and strides.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Dispatcher.Call(Ops.as_strided, this, size, strides, storageOffset);

        /// <summary>Splits a dimension into that many parts.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Dispatcher.CallList(Ops.chunk, this, chunks, dim);

        /// <summary>Splits a dimension into parts of that size.</summary>
        public Tensor[] split(long size, int dim = 0) => Dispatcher.CallList(Ops.split__Tensor, this, size, dim);

        /// <summary>Splits a dimension into parts of those sizes.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Dispatcher.CallList(Ops.split_with_sizes, this, sizes, dim);

        /// <summary>Splits the first dimension into parts of those sizes.</summary>
        public Tensor[] split(params long[] sizes) => Dispatcher.CallList(Ops.split_with_sizes, this, sizes);

        /// <summary>Splits a dimension into parts of those sizes.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Dispatcher.CallList(Ops.split_with_sizes, this, sizes.ToArray(), dim);

        /// <summary>Splits a dimension into nearly equal parts.</summary>
        public Tensor[] tensor_split(long size, long dim = 0) => Dispatcher.CallList(Ops.tensor_split__sections, this, size, dim);

        /// <summary>Splits a dimension at indices.</summary>
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Dispatcher.CallList(Ops.tensor_split__indices, this, sizes, dim);

        /// <summary>The slices along a dimension.</summary>
        public Tensor[] unbind(long dimension = 0) => Dispatcher.CallList(Ops.unbind__int, this, dimension);

        /// <summary>Diagonal of a matrix, or a matrix from a diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Dispatcher.Call(Ops.diag, this, diagonal);

        /// <summary>Diagonal as a view.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Dispatcher.Call(Ops.diagonal, this, offset, dim1, dim2);

        /// <summary>Matrices with the last dimension as their diagonal.</summary>
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Dispatcher.Call(Ops.diag_embed, this, offset, dim1, dim2);

        /// <summary>Differences of neighbours.</summary>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Dispatcher.Call(Ops.diff, this, n, dim, prepend, append);

        /// <summary>Lower triangle, zero elsewhere.</summary>
        public Tensor tril(long diagonal = 0) => Dispatcher.Call(Ops.tril, this, diagonal);

        /// <summary>Lower triangle, zero elsewhere, in place.</summary>
        public Tensor tril_(long diagonal = 0) => InPlace(Ops.tril_, this, diagonal);

        /// <summary>Upper triangle, zero elsewhere.</summary>
        public Tensor triu(long diagonal = 0) => Dispatcher.Call(Ops.triu, this, diagonal);

        /// <summary>Upper triangle, zero elsewhere, in place.</summary>
        public Tensor triu_(long diagonal = 0) => InPlace(Ops.triu_, this, diagonal);

        /// <summary>Type and device of another tensor.</summary>
        public Tensor type_as(Tensor tensor) => to(tensor.dtype, tensor.device);
    }
}
