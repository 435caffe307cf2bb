using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>x times its logistic function.</summary>
        public Tensor silu() => Dispatcher.Call(Ops.silu, this);

        /// <summary>x times its logistic function. In place.</summary>
        public Tensor silu_() => InPlace(Ops.silu_, this);

        /// <summary>Scaled exponential linear unit.</summary>
        public Tensor selu() => Dispatcher.Call(Ops.selu, this);

        /// <summary>Scaled exponential linear unit. In place.</summary>
        public Tensor selu_() => InPlace(Ops.selu_, this);

        /// <summary>Piecewise linear approximation of silu.</summary>
        public Tensor hardswish() => Dispatcher.Call(Ops.hardswish, this);

        /// <summary>Piecewise linear approximation of silu. In place.</summary>
        public Tensor hardswish_() => InPlace(Ops.hardswish_, this);

        /// <summary>Piecewise linear approximation of the logistic function.</summary>
        public Tensor hardsigmoid() => Dispatcher.Call(Ops.hardsigmoid, this);

        /// <summary>Piecewise linear approximation of the logistic function. In place.</summary>
        public Tensor hardsigmoid_() => InPlace(Ops.hardsigmoid_, this);

        /// <summary>Whether each element is zero.</summary>
        public Tensor logical_not() => Dispatcher.Call(Ops.logical_not, this);

        /// <summary>Whether each element is zero. In place.</summary>
        public Tensor logical_not_() => InPlace(Ops.logical_not_, this);

        /// <summary>Bitwise complement.</summary>
        public Tensor bitwise_not() => Dispatcher.Call(Ops.bitwise_not, this);

        /// <summary>Bitwise complement. In place.</summary>
        public Tensor bitwise_not_() => InPlace(Ops.bitwise_not_, this);

        /// <summary>Whether each element is neither infinite nor NaN.</summary>
        public Tensor isfinite() => Dispatcher.Call(Ops.isfinite, this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Dispatcher.Call(Ops.isinf, this);

        /// <summary>Whether each element is NaN.</summary>
        public Tensor isnan() => Dispatcher.Call(Ops.isnan, this);

        /// <summary>Whether each element is negative infinity.</summary>
        public Tensor isneginf() => Dispatcher.Call(Ops.isneginf, this);

        /// <summary>Whether each element is positive infinity.</summary>
        public Tensor isposinf() => Dispatcher.Call(Ops.isposinf, this);

        /// <summary>Complex conjugate.</summary>
        public Tensor conj() => Dispatcher.Call(Ops.conj, this);

        /// <summary>Angle of complex numbers.</summary>
        public Tensor angle() => Dispatcher.Call(Ops.angle, this);

        /// <summary>Gaussian error linear unit, exact.</summary>
        public Tensor gelu() => Dispatcher.Call(Ops.gelu, this);

        /// <summary>Logarithm of the logistic function.</summary>
        public Tensor log_sigmoid() => Dispatcher.Call(Ops.log_sigmoid, this);

        /// <summary>Rounds to nearest, ties to even, at that many decimals.</summary>
        public Tensor round(long decimals = 0) =>
            decimals == 0 ? Dispatcher.Call(Ops.round, this) : Dispatcher.Call(Ops.round__decimals, this, decimals);

        /// <summary>Rounds to nearest, ties to even, at that many decimals. In place.</summary>
        public Tensor round_(long decimals = 0) => decimals == 0 ? InPlace(Ops.round_, this) : InPlace(Ops.round___decimals, this, decimals);

        /// <summary>Limits each element; null leaves a side open.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Dispatcher.Call(Ops.clamp, this, min, max);

        /// <summary>Limits each element by tensors; null leaves a side open.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Dispatcher.Call(Ops.clamp__Tensor, this, min, max);

        /// <summary>Limits each element; null leaves a side open. In place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(Ops.clamp_, this, min, max);

        /// <summary>Limits each element by tensors; null leaves a side open. In place.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace(Ops.clamp___Tensor, this, min, max);

        /// <summary>Limits from above.</summary>
        public Tensor clamp_max(Scalar max) => Dispatcher.Call(Ops.clamp_max, this, max);

        /// <summary>Limits from above, in place.</summary>
        public Tensor clamp_max_(Scalar max) => InPlace(Ops.clamp_max_, this, max);

        /// <summary>Limits from below.</summary>
        public Tensor clamp_min(Scalar min) => Dispatcher.Call(Ops.clamp_min, this, min);

        /// <summary>Limits from below, in place.</summary>
        public Tensor clamp_min_(Scalar min) => InPlace(Ops.clamp_min_, this, min);

        /// <summary>Limits each element; null leaves a side open.</summary>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => Dispatcher.Call(Ops.clip, this, min, max);

        /// <summary>x where positive, else x times the slope.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Dispatcher.Call(Ops.leaky_relu, this, negative_slope);

        /// <summary>x where positive, else x times the slope. In place.</summary>
        public Tensor leaky_relu_(Scalar negative_slope) => InPlace(Ops.leaky_relu_, this, negative_slope);

        /// <summary>Smooth approximation of relu.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => Dispatcher.Call(Ops.softplus, this, beta, threshold);

        /// <summary>Gated linear unit over halves of a dimension.</summary>
        public Tensor glu(long dim = -1) => Dispatcher.Call(Ops.glu, this, dim);

        /// <summary>Replaces NaN and infinities.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Dispatcher.Call(Ops.nan_to_num, this, nan, posinf, neginf);

        /// <summary>Replaces NaN and infinities, in place.</summary>
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            InPlace(Ops.nan_to_num_, this, nan, posinf, neginf);

        /// <summary>Inverse of the logistic function.</summary>
        public Tensor logit(double? eps = null) => Dispatcher.Call(Ops.logit, this, eps);

        /// <summary>Linear interpolation towards another tensor.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Dispatcher.Call(Ops.lerp__Tensor, this, end, weight);

        /// <summary>Linear interpolation towards another tensor, in place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(Ops.lerp___Tensor, this, end, weight);
    }
}
