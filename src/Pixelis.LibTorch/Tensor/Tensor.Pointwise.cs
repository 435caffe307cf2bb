using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Absolute value.</summary>
        public Tensor abs() => Dispatcher.Call(Ops.abs, this);

        /// <summary>Absolute value. In place.</summary>
        public Tensor abs_() => InPlace(Ops.abs_, this);

        /// <summary>Absolute value.</summary>
        public Tensor absolute() => Dispatcher.Call(Ops.absolute, this);

        /// <summary>Absolute value. In place.</summary>
        public Tensor absolute_() => InPlace(Ops.absolute_, this);

        /// <summary>Arc cosine.</summary>
        public Tensor acos() => Dispatcher.Call(Ops.acos, this);

        /// <summary>Arc cosine. In place.</summary>
        public Tensor acos_() => InPlace(Ops.acos_, this);

        /// <summary>Inverse hyperbolic cosine.</summary>
        public Tensor acosh() => Dispatcher.Call(Ops.acosh, this);

        /// <summary>Inverse hyperbolic cosine. In place.</summary>
        public Tensor acosh_() => InPlace(Ops.acosh_, this);

        /// <summary>Arc sine.</summary>
        public Tensor asin() => Dispatcher.Call(Ops.asin, this);

        /// <summary>Arc sine. In place.</summary>
        public Tensor asin_() => InPlace(Ops.asin_, this);

        /// <summary>Inverse hyperbolic sine.</summary>
        public Tensor asinh() => Dispatcher.Call(Ops.asinh, this);

        /// <summary>Inverse hyperbolic sine. In place.</summary>
        public Tensor asinh_() => InPlace(Ops.asinh_, this);

        /// <summary>Arc tangent.</summary>
        public Tensor atan() => Dispatcher.Call(Ops.atan, this);

        /// <summary>Arc tangent. In place.</summary>
        public Tensor atan_() => InPlace(Ops.atan_, this);

        /// <summary>Inverse hyperbolic tangent.</summary>
        public Tensor atanh() => Dispatcher.Call(Ops.atanh, this);

        /// <summary>Inverse hyperbolic tangent. In place.</summary>
        public Tensor atanh_() => InPlace(Ops.atanh_, this);

        /// <summary>Rounds up.</summary>
        public Tensor ceil() => Dispatcher.Call(Ops.ceil, this);

        /// <summary>Rounds up. In place.</summary>
        public Tensor ceil_() => InPlace(Ops.ceil_, this);

        /// <summary>Cosine, in radians.</summary>
        public Tensor cos() => Dispatcher.Call(Ops.cos, this);

        /// <summary>Cosine, in radians. In place.</summary>
        public Tensor cos_() => InPlace(Ops.cos_, this);

        /// <summary>Hyperbolic cosine.</summary>
        public Tensor cosh() => Dispatcher.Call(Ops.cosh, this);

        /// <summary>Hyperbolic cosine. In place.</summary>
        public Tensor cosh_() => InPlace(Ops.cosh_, this);

        /// <summary>Degrees to radians.</summary>
        public Tensor deg2rad() => Dispatcher.Call(Ops.deg2rad, this);

        /// <summary>Degrees to radians. In place.</summary>
        public Tensor deg2rad_() => InPlace(Ops.deg2rad_, this);

        /// <summary>Logarithmic derivative of the gamma function.</summary>
        public Tensor digamma() => Dispatcher.Call(Ops.digamma, this);

        /// <summary>Logarithmic derivative of the gamma function. In place.</summary>
        public Tensor digamma_() => InPlace(Ops.digamma_, this);

        /// <summary>Error function.</summary>
        public Tensor erf() => Dispatcher.Call(Ops.erf, this);

        /// <summary>Error function. In place.</summary>
        public Tensor erf_() => InPlace(Ops.erf_, this);

        /// <summary>Complementary error function.</summary>
        public Tensor erfc() => Dispatcher.Call(Ops.erfc, this);

        /// <summary>Complementary error function. In place.</summary>
        public Tensor erfc_() => InPlace(Ops.erfc_, this);

        /// <summary>Inverse of the error function.</summary>
        public Tensor erfinv() => Dispatcher.Call(Ops.erfinv, this);

        /// <summary>Inverse of the error function. In place.</summary>
        public Tensor erfinv_() => InPlace(Ops.erfinv_, this);

        /// <summary>Exponential.</summary>
        public Tensor exp() => Dispatcher.Call(Ops.exp, this);

        /// <summary>Exponential. In place.</summary>
        public Tensor exp_() => InPlace(Ops.exp_, this);

        /// <summary>Two to the power of each element.</summary>
        public Tensor exp2() => Dispatcher.Call(Ops.exp2, this);

        /// <summary>Two to the power of each element. In place.</summary>
        public Tensor exp2_() => InPlace(Ops.exp2_, this);

        /// <summary>Exponential minus one, exact near zero.</summary>
        public Tensor expm1() => Dispatcher.Call(Ops.expm1, this);

        /// <summary>Exponential minus one, exact near zero. In place.</summary>
        public Tensor expm1_() => InPlace(Ops.expm1_, this);

        /// <summary>Rounds towards zero.</summary>
        public Tensor fix() => Dispatcher.Call(Ops.fix, this);

        /// <summary>Rounds towards zero. In place.</summary>
        public Tensor fix_() => InPlace(Ops.fix_, this);

        /// <summary>Rounds down.</summary>
        public Tensor floor() => Dispatcher.Call(Ops.floor, this);

        /// <summary>Rounds down. In place.</summary>
        public Tensor floor_() => InPlace(Ops.floor_, this);

        /// <summary>The fraction of each element.</summary>
        public Tensor frac() => Dispatcher.Call(Ops.frac, this);

        /// <summary>The fraction of each element. In place.</summary>
        public Tensor frac_() => InPlace(Ops.frac_, this);

        /// <summary>Logarithm of the gamma function.</summary>
        public Tensor lgamma() => Dispatcher.Call(Ops.lgamma, this);

        /// <summary>Logarithm of the gamma function. In place.</summary>
        public Tensor lgamma_() => InPlace(Ops.lgamma_, this);

        /// <summary>Natural logarithm.</summary>
        public Tensor log() => Dispatcher.Call(Ops.log, this);

        /// <summary>Natural logarithm. In place.</summary>
        public Tensor log_() => InPlace(Ops.log_, this);

        /// <summary>Logarithm to base 10.</summary>
        public Tensor log10() => Dispatcher.Call(Ops.log10, this);

        /// <summary>Logarithm to base 10. In place.</summary>
        public Tensor log10_() => InPlace(Ops.log10_, this);

        /// <summary>Logarithm of one plus each element, exact near zero.</summary>
        public Tensor log1p() => Dispatcher.Call(Ops.log1p, this);

        /// <summary>Logarithm of one plus each element, exact near zero. In place.</summary>
        public Tensor log1p_() => InPlace(Ops.log1p_, this);

        /// <summary>Logarithm to base 2.</summary>
        public Tensor log2() => Dispatcher.Call(Ops.log2, this);

        /// <summary>Logarithm to base 2. In place.</summary>
        public Tensor log2_() => InPlace(Ops.log2_, this);

        /// <summary>Changes the sign.</summary>
        public Tensor neg() => Dispatcher.Call(Ops.neg, this);

        /// <summary>Changes the sign. In place.</summary>
        public Tensor neg_() => InPlace(Ops.neg_, this);

        /// <summary>Changes the sign.</summary>
        public Tensor negative() => Dispatcher.Call(Ops.negative, this);

        /// <summary>The tensor itself.</summary>
        public Tensor positive() => Dispatcher.Call(Ops.positive, this);

        /// <summary>Radians to degrees.</summary>
        public Tensor rad2deg() => Dispatcher.Call(Ops.rad2deg, this);

        /// <summary>Radians to degrees. In place.</summary>
        public Tensor rad2deg_() => InPlace(Ops.rad2deg_, this);

        /// <summary>One divided by each element.</summary>
        public Tensor reciprocal() => Dispatcher.Call(Ops.reciprocal, this);

        /// <summary>One divided by each element. In place.</summary>
        public Tensor reciprocal_() => InPlace(Ops.reciprocal_, this);

        /// <summary>Reciprocal of the square root.</summary>
        public Tensor rsqrt() => Dispatcher.Call(Ops.rsqrt, this);

        /// <summary>Reciprocal of the square root. In place.</summary>
        public Tensor rsqrt_() => InPlace(Ops.rsqrt_, this);

        /// <summary>Sign, for complex numbers the direction.</summary>
        public Tensor sgn() => Dispatcher.Call(Ops.sgn, this);

        /// <summary>Sign, for complex numbers the direction. In place.</summary>
        public Tensor sgn_() => InPlace(Ops.sgn_, this);

        /// <summary>Logistic function.</summary>
        public Tensor sigmoid() => Dispatcher.Call(Ops.sigmoid, this);

        /// <summary>Logistic function. In place.</summary>
        public Tensor sigmoid_() => InPlace(Ops.sigmoid_, this);

        /// <summary>Sign: -1, 0 or 1.</summary>
        public Tensor sign() => Dispatcher.Call(Ops.sign, this);

        /// <summary>Sign: -1, 0 or 1. In place.</summary>
        public Tensor sign_() => InPlace(Ops.sign_, this);

        /// <summary>Whether the sign is negative.</summary>
        public Tensor signbit() => Dispatcher.Call(Ops.signbit, this);

        /// <summary>Sine, in radians.</summary>
        public Tensor sin() => Dispatcher.Call(Ops.sin, this);

        /// <summary>Sine, in radians. In place.</summary>
        public Tensor sin_() => InPlace(Ops.sin_, this);

        /// <summary>Normalised sinc.</summary>
        public Tensor sinc() => Dispatcher.Call(Ops.sinc, this);

        /// <summary>Normalised sinc. In place.</summary>
        public Tensor sinc_() => InPlace(Ops.sinc_, this);

        /// <summary>Hyperbolic sine.</summary>
        public Tensor sinh() => Dispatcher.Call(Ops.sinh, this);

        /// <summary>Hyperbolic sine. In place.</summary>
        public Tensor sinh_() => InPlace(Ops.sinh_, this);

        /// <summary>Square root.</summary>
        public Tensor sqrt() => Dispatcher.Call(Ops.sqrt, this);

        /// <summary>Square root. In place.</summary>
        public Tensor sqrt_() => InPlace(Ops.sqrt_, this);

        /// <summary>Square.</summary>
        public Tensor square() => Dispatcher.Call(Ops.square, this);

        /// <summary>Tangent, in radians.</summary>
        public Tensor tan() => Dispatcher.Call(Ops.tan, this);

        /// <summary>Tangent, in radians. In place.</summary>
        public Tensor tan_() => InPlace(Ops.tan_, this);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor tanh() => Dispatcher.Call(Ops.tanh, this);

        /// <summary>Hyperbolic tangent. In place.</summary>
        public Tensor tanh_() => InPlace(Ops.tanh_, this);

        /// <summary>Rounds towards zero.</summary>
        public Tensor trunc() => Dispatcher.Call(Ops.trunc, this);

        /// <summary>Rounds towards zero. In place.</summary>
        public Tensor trunc_() => InPlace(Ops.trunc_, this);

        /// <summary>max(0, x).</summary>
        public Tensor relu() => Dispatcher.Call(Ops.relu, this);

        /// <summary>max(0, x). In place.</summary>
        public Tensor relu_() => InPlace(Ops.relu_, this);

        /// <summary>min(max(0, x), 6).</summary>
        public Tensor relu6() => Dispatcher.Call(Ops.relu6, this);

        /// <summary>min(max(0, x), 6). In place.</summary>
        public Tensor relu6_() => InPlace(Ops.relu6_, this);
    }
}
