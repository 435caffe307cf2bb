using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>One slice of a dimension, without copying.</summary>
        public Tensor select(long dim, long index) => Dispatcher.Call(Ops.select__int, this, dim, index);

        /// <summary>A stepped range of a dimension, without copying.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Dispatcher.Call(Ops.slice__Tensor, this, dim, start, finish, step);

        /// <summary>The slices of a dimension that an index names.</summary>
        public Tensor index_select(long dim, Tensor index) => Dispatcher.Call(Ops.index_select, this, dim, index);

        /// <summary>Adds slices to the slices that an index names.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Dispatcher.Call(Ops.index_add, this, dim, index, source, alpha);

        /// <summary>Adds slices to the slices that an index names, in place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => InPlace(Ops.index_add_, this, dim, index, source, alpha);

        /// <summary>Copies slices to the slices that an index names.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Dispatcher.Call(Ops.index_copy, this, dim, index, source);

        /// <summary>Copies slices to the slices that an index names, in place.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace(Ops.index_copy_, this, dim, index, source);

        /// <summary>Fills the slices that an index names.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Dispatcher.Call(Ops.index_fill__int_Scalar, this, dim, index, value);

        /// <summary>Fills the slices that an index names, in place.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace(Ops.index_fill___int_Scalar, this, dim, index, value);

        /// <summary>Elements along a dimension that an index names.</summary>
        public Tensor gather(long dim, Tensor index) => Dispatcher.Call(Ops.gather, this, dim, index);

        /// <summary>Writes elements to the places that an index names.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Dispatcher.Call(Ops.scatter__src, this, dim, index, src);

        /// <summary>Writes elements to the places that an index names, in place.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace(Ops.scatter___src, this, dim, index, src);

        /// <summary>Adds elements to the places that an index names.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Dispatcher.Call(Ops.scatter_add, this, dim, index, src);

        /// <summary>Adds elements to the places that an index names, in place.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace(Ops.scatter_add_, this, dim, index, src);

        /// <summary>A copy with one slice replaced.</summary>
        public Tensor select_scatter(Tensor src, long dim, long index) => Dispatcher.Call(Ops.select_scatter, this, src, dim, index);

        /// <summary>A copy with a range replaced.</summary>
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) =>
            Dispatcher.Call(Ops.slice_scatter, this, src, dim, start, end, step);

        /// <summary>Fills where a mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Dispatcher.Call(Ops.masked_fill__Scalar, this, mask, value);

        /// <summary>Fills where a mask is true, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace(Ops.masked_fill___Scalar, this, mask, value);

        /// <summary>Puts a tensor's elements where a mask is true.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Dispatcher.Call(Ops.masked_scatter, this, mask, value);

        /// <summary>Puts a tensor's elements where a mask is true, in place.</summary>
        public Tensor masked_scatter_(Tensor mask, Tensor value) => InPlace(Ops.masked_scatter_, this, mask, value);

        /// <summary>The elements where a mask is true, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) => Dispatcher.Call(Ops.masked_select, this, mask);

        /// <summary>Elements of the flattened tensor.</summary>
        public Tensor take(Tensor index) => Dispatcher.Call(Ops.take, this, index);

        /// <summary>Elements along a dimension that an index names, with broadcasting.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Dispatcher.Call(Ops.take_along_dim, this, indices, dim);

        /// <summary>Indices of the elements that are not zero, <c>[n, dimensions]</c>.</summary>
        public Tensor nonzero() => Dispatcher.Call(Ops.nonzero, this);

        /// <summary>This where the condition is true, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => Dispatcher.Call(Ops.where__self, condition, this, y);

        /// <summary>The bucket each element falls into.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Dispatcher.Call(Ops.bucketize__Tensor, this, boundaries, outInt32, right);
    }
}
