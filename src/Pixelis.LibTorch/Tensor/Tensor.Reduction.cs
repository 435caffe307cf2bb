using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum of all elements, in that type.</summary>
        public Tensor sum(ScalarType? type = null) => Dispatcher.Call(Ops.sum, this, type);

        /// <summary>Sum over dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call(Ops.sum__dim_IntList, this, dim, keepdim, type);

        /// <summary>Sum over dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call(Ops.sum__dim_IntList, this, dim.ToArray(), keepdim, type);

        /// <summary>Sum over a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call(Ops.sum__dim_IntList, this, new[] { dim }, keepdim, type);

        /// <summary>Sum over two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call(Ops.sum__dim_IntList, this, new[] { dim0, dim1 }, keepdim, type);

        /// <summary>Mean of all elements.</summary>
        public Tensor mean() => Dispatcher.Call(Ops.mean, this);

        /// <summary>Mean over dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Dispatcher.Call(Ops.mean__dim, this, dimensions, keepdim, type);

        /// <summary>Product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => Dispatcher.Call(Ops.prod, this, type);

        /// <summary>Product over a dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Dispatcher.Call(Ops.prod__dim_int, this, dim, keepdim, type);

        /// <summary>Sum of all elements that are not NaN.</summary>
        public Tensor nansum() => Dispatcher.Call(Ops.nansum, this);

        /// <summary>Largest elements over dimensions.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Dispatcher.Call(Ops.amax, this, dims, keepdim));

        /// <summary>Largest elements over dimensions.</summary>
        public Tensor amax(params long[] dims) => Dispatcher.Call(Ops.amax, this, dims);

        /// <summary>Smallest elements over dimensions.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Dispatcher.Call(Ops.amin, this, dims, keepdim));

        /// <summary>Smallest elements over dimensions.</summary>
        public Tensor amin(params long[] dims) => Dispatcher.Call(Ops.amin, this, dims);

        /// <summary>Largest element.</summary>
        public Tensor max() => Dispatcher.Call(Ops.max, this);

        /// <summary>Element-wise maximum.</summary>
        public Tensor max(Tensor other) => Dispatcher.Call(Ops.max__other, this, other);

        /// <summary>Largest elements over a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Dispatcher.CallTwo(Ops.max__dim, this, dim, keepdim);

        /// <summary>Smallest element.</summary>
        public Tensor min() => Dispatcher.Call(Ops.min, this);

        /// <summary>Element-wise minimum.</summary>
        public Tensor min(Tensor other) => Dispatcher.Call(Ops.min__other, this, other);

        /// <summary>Smallest elements over a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Dispatcher.CallTwo(Ops.min__dim, this, dim, keepdim);

        /// <summary>Index of the largest element of the flattened tensor.</summary>
        public Tensor argmax() => Dispatcher.Call(Ops.argmax, this);

        /// <summary>Index of the largest element over a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Dispatcher.Call(Ops.argmax, this, dim, keepdim);

        /// <summary>Index of the smallest element of the flattened tensor.</summary>
        public Tensor argmin() => Dispatcher.Call(Ops.argmin, this);

        /// <summary>Index of the smallest element over a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Dispatcher.Call(Ops.argmin, this, dim, keepdim);

        /// <summary>Indices that sort a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Dispatcher.Call(Ops.argsort, this, dim, descending);

        /// <summary>Indices of the elements that are not zero, one row each.</summary>
        public Tensor argwhere() => Dispatcher.Call(Ops.argwhere, this);

        /// <summary>The lower median of all elements.</summary>
        public Tensor median() => Dispatcher.Call(Ops.median, this);

        /// <summary>The most frequent elements over a dimension, and where they are.</summary>
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Dispatcher.CallTwo(Ops.mode, this, dim, keepdim);

        /// <summary>The k-th smallest elements over a dimension, and where they are.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Dispatcher.CallTwo(Ops.kthvalue, this, k, dim ?? -1, keepdim);

        /// <summary>Running sum along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Dispatcher.Call(Ops.cumsum, this, dim, type);

        /// <summary>Running product along a dimension.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => Dispatcher.Call(Ops.cumprod, this, dim, type);

        /// <summary>Running maximum along a dimension, and where it is.</summary>
        public (Tensor values, Tensor indexes) cummax(long dim) => Dispatcher.CallTwo(Ops.cummax, this, dim);

        /// <summary>Running minimum along a dimension, and where it is.</summary>
        public (Tensor values, Tensor indexes) cummin(long dim) => Dispatcher.CallTwo(Ops.cummin, this, dim);

        /// <summary>Logarithm of the sum of exponentials over a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Dispatcher.Call(Ops.logsumexp, this, new[] { dim }, keepdim);

        /// <summary>Logarithm of the running sum of exponentials.</summary>
        public Tensor logcumsumexp(long dim) => Dispatcher.Call(Ops.logcumsumexp, this, dim);

        /// <summary>Exponentials divided by their sum over a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Dispatcher.Call(Ops.softmax__int, this, dim, dtype);

        /// <summary>Logarithm of softmax over a dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Dispatcher.Call(Ops.log_softmax__int, this, dim, dtype);

        /// <summary>p-norm of all elements.</summary>
        public Tensor norm(float p = 2f) => Dispatcher.Call(Ops.norm__Scalar, this, p);

        /// <summary>p-norm over a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) =>
            Dispatcher.Call(Ops.norm__ScalarOpt_dim, this, p, new long[] { dim }, keepdim);

        /// <summary>Whether all elements are true.</summary>
        public Tensor all() => Dispatcher.Call(Ops.all, this);

        /// <summary>Whether all elements over a dimension are true.</summary>
        public Tensor all(long dim, bool keepdim = false) => Dispatcher.Call(Ops.all__dim, this, dim, keepdim);

        /// <summary>Whether any element is true.</summary>
        public Tensor any() => Dispatcher.Call(Ops.any, this);

        /// <summary>Whether any element over a dimension is true.</summary>
        public Tensor any(long dim, bool keepdim = false) => Dispatcher.Call(Ops.any__dim, this, dim, keepdim);

        /// <summary>Number of elements that are not zero.</summary>
        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Dispatcher.Call(Ops.count_nonzero, this) : Dispatcher.Call(Ops.count_nonzero__dim_IntList, this, dims);

        /// <summary>Variance of all elements.</summary>
        public Tensor var(bool unbiased = true) => Dispatcher.Call(Ops.var, this, unbiased);

        /// <summary>Variance over a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Dispatcher.Call(Ops.var__dim, this, new[] { dim }, unbiased, keepdim), type);

        /// <summary>Variance over dimensions.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Dispatcher.Call(Ops.var__dim, this, dimensions, unbiased, keepdim), type);

        /// <summary>Standard deviation of all elements.</summary>
        public Tensor std(bool unbiased = true) => Dispatcher.Call(Ops.std, this, unbiased);

        /// <summary>Standard deviation over a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Dispatcher.Call(Ops.std__dim, this, new[] { dim }, unbiased, keepdim), type);

        /// <summary>Standard deviation over dimensions.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Dispatcher.Call(Ops.std__dim, this, dimensions, unbiased, keepdim), type);

        /// <summary>Quantiles over a dimension.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Dispatcher.Call(Ops.quantile, this, q, dim, keepdim);

        /// <summary>Sorts a dimension; also returns where the elements were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Dispatcher.CallTwo(Ops.sort__stable, this, stable, dim, descending);

        /// <summary>The largest (or smallest) k elements of a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Dispatcher.CallTwo(Ops.topk, this, k, dim, largest, sorted);

        /// <summary>Sorts the first dimension.</summary>
        public Tensor msort() => Dispatcher.Call(Ops.msort, this);

        /// <summary>Sum of the diagonal of a matrix.</summary>
        public Tensor trace() => Dispatcher.Call(Ops.trace, this);

        /// <summary>Counts of elements in equal bins.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Dispatcher.Call(Ops.histc, this, bins, min, max);

        /// <summary>Counts of non-negative integers.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Dispatcher.Call(Ops.bincount, this, weights, minlength);

        /// <summary>p-norm of the difference.</summary>
        public Tensor dist(Tensor other, float p = 2f) => Dispatcher.Call(Ops.dist, this, other, p);
    }
}
