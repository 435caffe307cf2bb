#pragma warning disable SA1649, CA1069 // the small enums of the API in one file; the numbers are libtorch's
namespace TorchSharp;

/// <summary>Kinds of devices; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,

    /// <summary>Apple's Metal.</summary>
    MPS = 13,

    /// <summary>Shapes without data.</summary>
    META = 14,
}

/// <summary>Padding of a convolution given by name.</summary>
public enum Padding
{
    /// <summary>None.</summary>
    Valid = 0,

    /// <summary>As much as keeps the size.</summary>
    Same = 1,
}

/// <summary>What padding is filled with.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>Mirrored at the edge, without repeating it.</summary>
    Reflect = 1,

    /// <summary>The edge, repeated.</summary>
    Replicate = 2,

    /// <summary>The other side.</summary>
    Circular = 3,

    /// <summary>One value.</summary>
    Constant = 4,
}

/// <summary>How a tensor is written out.</summary>
public enum TensorStringStyle
{
    /// <summary>Only shape, element type and device.</summary>
    Metadata = 0,

    /// <summary>As Julia writes arrays.</summary>
    Julia = 1,

    /// <summary>As NumPy writes arrays.</summary>
    Numpy = 2,

    /// <summary>As C# writes arrays.</summary>
    CSharp = 3,

    /// <summary>The process-wide choice.</summary>
    Default = 4,
}

public static partial class torch
{
    /// <summary>What a division does with the quotient's fraction.</summary>
    public enum RoundingMode
    {
        /// <summary>True division.</summary>
        None = 0,

        /// <summary>Towards zero.</summary>
        trunc = 1,

        /// <summary>Towards negative infinity.</summary>
        floor = 2,
    }

    /// <summary>How interpolation finds values between samples.</summary>
    public enum InterpolationMode
    {
        /// <summary>The nearest sample, with the legacy rounding.</summary>
        Nearest = 0,

        /// <summary>Linear in one dimension.</summary>
        Linear = 1,

        /// <summary>Linear in two dimensions.</summary>
        Bilinear = 2,

        /// <summary>Cubic in two dimensions.</summary>
        Bicubic = 3,

        /// <summary>Linear in three dimensions.</summary>
        Trilinear = 4,

        /// <summary>The mean of the covered area.</summary>
        Area = 5,

        /// <summary>The nearest sample by pixel centres.</summary>
        NearestExact = 6,
    }

    public static partial class nn
    {
        /// <summary>How a loss over many elements becomes one number.</summary>
        public enum Reduction : long
        {
            /// <summary>It stays one number an element.</summary>
            None = 0,

            /// <summary>Mean.</summary>
            Mean = 1,

            /// <summary>Sum.</summary>
            Sum = 2,
        }
    }
}
