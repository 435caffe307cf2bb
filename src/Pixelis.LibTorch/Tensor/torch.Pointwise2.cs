namespace TorchSharp;

public static partial class torch
{
    /// <summary>Sign, for complex numbers the direction.</summary>
    public static Tensor sgn(Tensor input) => input.sgn();

    /// <summary>Sign, for complex numbers the direction. In place.</summary>
    public static Tensor sgn_(Tensor input) => input.sgn_();

    /// <summary>Logistic function.</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>Logistic function. In place.</summary>
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    /// <summary>Sign: -1, 0 or 1.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>Sign: -1, 0 or 1. In place.</summary>
    public static Tensor sign_(Tensor input) => input.sign_();

    /// <summary>Whether the sign is negative.</summary>
    public static Tensor signbit(Tensor input) => input.signbit();

    /// <summary>Sine, in radians.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>Sine, in radians. In place.</summary>
    public static Tensor sin_(Tensor input) => input.sin_();

    /// <summary>Normalised sinc.</summary>
    public static Tensor sinc(Tensor input) => input.sinc();

    /// <summary>Normalised sinc. In place.</summary>
    public static Tensor sinc_(Tensor input) => input.sinc_();

    /// <summary>Hyperbolic sine.</summary>
    public static Tensor sinh(Tensor input) => input.sinh();

    /// <summary>Hyperbolic sine. In place.</summary>
    public static Tensor sinh_(Tensor input) => input.sinh_();

    /// <summary>Square root.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>Square root. In place.</summary>
    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    /// <summary>Square.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>Tangent, in radians.</summary>
    public static Tensor tan(Tensor input) => input.tan();

    /// <summary>Tangent, in radians. In place.</summary>
    public static Tensor tan_(Tensor input) => input.tan_();

    /// <summary>Hyperbolic tangent.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>Hyperbolic tangent. In place.</summary>
    public static Tensor tanh_(Tensor input) => input.tanh_();

    /// <summary>Rounds towards zero.</summary>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>Rounds towards zero. In place.</summary>
    public static Tensor trunc_(Tensor input) => input.trunc_();
}
