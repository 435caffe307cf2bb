namespace TorchSharp;

public static partial class torch
{
    /// <summary>Absolute value.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Absolute value. In place.</summary>
    public static Tensor abs_(Tensor input) => input.abs_();

    /// <summary>Absolute value.</summary>
    public static Tensor absolute(Tensor input) => input.absolute();

    /// <summary>Absolute value. In place.</summary>
    public static Tensor absolute_(Tensor input) => input.absolute_();

    /// <summary>Arc cosine.</summary>
    public static Tensor acos(Tensor input) => input.acos();

    /// <summary>Arc cosine. In place.</summary>
    public static Tensor acos_(Tensor input) => input.acos_();

    /// <summary>Inverse hyperbolic cosine.</summary>
    public static Tensor acosh(Tensor input) => input.acosh();

    /// <summary>Inverse hyperbolic cosine. In place.</summary>
    public static Tensor acosh_(Tensor input) => input.acosh_();

    /// <summary>Angle of complex numbers.</summary>
    public static Tensor angle(Tensor input) => input.angle();

    /// <summary>Arc sine.</summary>
    public static Tensor asin(Tensor input) => input.asin();

    /// <summary>Arc sine. In place.</summary>
    public static Tensor asin_(Tensor input) => input.asin_();

    /// <summary>Inverse hyperbolic sine.</summary>
    public static Tensor asinh(Tensor input) => input.asinh();

    /// <summary>Inverse hyperbolic sine. In place.</summary>
    public static Tensor asinh_(Tensor input) => input.asinh_();

    /// <summary>Arc tangent.</summary>
    public static Tensor atan(Tensor input) => input.atan();

    /// <summary>Arc tangent. In place.</summary>
    public static Tensor atan_(Tensor input) => input.atan_();

    /// <summary>Inverse hyperbolic tangent.</summary>
    public static Tensor atanh(Tensor input) => input.atanh();

    /// <summary>Inverse hyperbolic tangent. In place.</summary>
    public static Tensor atanh_(Tensor input) => input.atanh_();

    /// <summary>Bitwise complement.</summary>
    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    /// <summary>Bitwise complement. In place.</summary>
    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();

    /// <summary>Rounds up.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>Rounds up. In place.</summary>
    public static Tensor ceil_(Tensor input) => input.ceil_();

    /// <summary>Limits each element; null leaves a side open.</summary>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <summary>Limits each element by tensors; null leaves a side open.</summary>
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    /// <summary>Limits each element; null leaves a side open. In place.</summary>
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    /// <summary>Limits each element by tensors; null leaves a side open. In place.</summary>
    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);

    /// <summary>Limits from above.</summary>
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);

    /// <summary>Limits from above, in place.</summary>
    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);

    /// <summary>Limits from below.</summary>
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);

    /// <summary>Limits from below, in place.</summary>
    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);

    /// <summary>Limits each element; null leaves a side open.</summary>
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);

    /// <summary>Complex conjugate.</summary>
    public static Tensor conj(Tensor input) => input.conj();

    /// <summary>Cosine, in radians.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>Cosine, in radians. In place.</summary>
    public static Tensor cos_(Tensor input) => input.cos_();

    /// <summary>Hyperbolic cosine.</summary>
    public static Tensor cosh(Tensor input) => input.cosh();

    /// <summary>Hyperbolic cosine. In place.</summary>
    public static Tensor cosh_(Tensor input) => input.cosh_();

    /// <summary>Degrees to radians.</summary>
    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    /// <summary>Degrees to radians. In place.</summary>
    public static Tensor deg2rad_(Tensor input) => input.deg2rad_();

    /// <summary>Logarithmic derivative of the gamma function.</summary>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <summary>Logarithmic derivative of the gamma function. In place.</summary>
    public static Tensor digamma_(Tensor input) => input.digamma_();

    /// <summary>Error function.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>Error function. In place.</summary>
    public static Tensor erf_(Tensor input) => input.erf_();

    /// <summary>Complementary error function.</summary>
    public static Tensor erfc(Tensor input) => input.erfc();

    /// <summary>Complementary error function. In place.</summary>
    public static Tensor erfc_(Tensor input) => input.erfc_();

    /// <summary>Inverse of the error function.</summary>
    public static Tensor erfinv(Tensor input) => input.erfinv();

    /// <summary>Inverse of the error function. In place.</summary>
    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    /// <summary>Exponential.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>Exponential. In place.</summary>
    public static Tensor exp_(Tensor input) => input.exp_();

    /// <summary>Two to the power of each element.</summary>
    public static Tensor exp2(Tensor input) => input.exp2();

    /// <summary>Two to the power of each element. In place.</summary>
    public static Tensor exp2_(Tensor input) => input.exp2_();

    /// <summary>Exponential minus one, exact near zero.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>Exponential minus one, exact near zero. In place.</summary>
    public static Tensor expm1_(Tensor input) => input.expm1_();

    /// <summary>Rounds towards zero.</summary>
    public static Tensor fix(Tensor input) => input.fix();

    /// <summary>Rounds towards zero. In place.</summary>
    public static Tensor fix_(Tensor input) => input.fix_();

    /// <summary>Rounds down.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>Rounds down. In place.</summary>
    public static Tensor floor_(Tensor input) => input.floor_();

    /// <summary>The fraction of each element.</summary>
    public static Tensor frac(Tensor input) => input.frac();

    /// <summary>The fraction of each element. In place.</summary>
    public static Tensor frac_(Tensor input) => input.frac_();

    /// <summary>Whether each element is neither infinite nor NaN.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary>Whether each element is infinite.</summary>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <summary>Whether each element is NaN.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Whether each element is negative infinity.</summary>
    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();

    /// <summary>Whether each element is positive infinity.</summary>
    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();

    /// <summary>Linear interpolation towards another tensor.</summary>
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    /// <summary>Logarithm of the gamma function.</summary>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <summary>Logarithm of the gamma function. In place.</summary>
    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    /// <summary>Natural logarithm.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>Natural logarithm. In place.</summary>
    public static Tensor log_(Tensor input) => input.log_();

    /// <summary>Logarithm to base 10.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>Logarithm to base 10. In place.</summary>
    public static Tensor log10_(Tensor input) => input.log10_();

    /// <summary>Logarithm of one plus each element, exact near zero.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>Logarithm of one plus each element, exact near zero. In place.</summary>
    public static Tensor log1p_(Tensor input) => input.log1p_();

    /// <summary>Logarithm to base 2.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>Logarithm to base 2. In place.</summary>
    public static Tensor log2_(Tensor input) => input.log2_();

    /// <summary>Whether each element is zero.</summary>
    public static Tensor logical_not(Tensor input) => input.logical_not();

    /// <summary>Inverse of the logistic function.</summary>
    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);

    /// <summary>Replaces NaN and infinities.</summary>
    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    /// <summary>Replaces NaN and infinities, in place.</summary>
    public static Tensor nan_to_num_(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num_(nan, posinf, neginf);

    /// <summary>Changes the sign.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>Changes the sign. In place.</summary>
    public static Tensor neg_(Tensor input) => input.neg_();

    /// <summary>Changes the sign.</summary>
    public static Tensor negative(Tensor input) => input.negative();

    /// <summary>The tensor itself.</summary>
    public static Tensor positive(Tensor input) => input.positive();

    /// <summary>Radians to degrees.</summary>
    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    /// <summary>Radians to degrees. In place.</summary>
    public static Tensor rad2deg_(Tensor input) => input.rad2deg_();

    /// <summary>One divided by each element.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>One divided by each element. In place.</summary>
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    /// <summary>Rounds to nearest, ties to even, at that many decimals.</summary>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    /// <summary>Rounds to nearest, ties to even, at that many decimals. In place.</summary>
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    /// <summary>Reciprocal of the square root.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>Reciprocal of the square root. In place.</summary>
    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();
}
