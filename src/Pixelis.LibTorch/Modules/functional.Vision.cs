using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Convolution over one dimension.</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Dispatcher.Call(
                    Ops.conv1d, input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 }, groups);

            /// <summary>Convolution over two dimensions.</summary>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Dispatcher.Call(Ops.conv2d, input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            /// <summary>Convolution over three dimensions.</summary>
            public static Tensor conv3d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Dispatcher.Call(Ops.conv3d, input, weight, bias, strides ?? [1, 1, 1], padding ?? [0, 0, 0], dilation ?? [1, 1, 1], groups);

            /// <summary>Transposed convolution over two dimensions.</summary>
            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null,
                long[]? dilation = null, long groups = 1) =>
                Dispatcher.Call(
                    Ops.conv_transpose2d__input, input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], output_padding ?? [0, 0], groups,
                    dilation ?? [1, 1]);

            /// <summary>Largest value of each window.</summary>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Dispatcher.Call(Ops.max_pool2d, input, kernel_size, strides ?? kernel_size, padding ?? [0, 0], dilation ?? [1, 1], ceil_mode);

            /// <summary>Mean of each window.</summary>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                Dispatcher.Call(
                    Ops.avg_pool2d, input, kernel_size, stride ?? kernel_size, padding ?? [0, 0], ceil_mode, count_include_pad, divisor_override);

            /// <summary>Adds elements around the input; sizes begin with the last dimension's two sides.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                mode is PaddingModes.Constant or PaddingModes.Zeros
                    ? Dispatcher.Call(Ops.constant_pad_nd, input, pad, value)
                    : Dispatcher.Call(Ops.pad, input, pad, mode.ToString().ToLowerInvariant());

            /// <summary>Adds elements around the input.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>Adds elements on both sides of the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, new[] { pad.Item1, pad.Item2 }, mode, value);

            /// <summary>Adds elements on both sides of the last two dimensions.</summary>
            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, new[] { pad.Item1, pad.Item2, pad.Item3, pad.Item4 }, mode, value);

            /// <summary>Adds as many elements on both sides of the last dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, new[] { pad, pad }, mode, value);

            /// <summary>Changes the size of the dimensions after the first two, by a size or by factors.</summary>
            /// <exception cref="ArgumentException">Neither or both of size and factors are given, or the mode does not fit the dimensions.</exception>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if ((size is null) == (scale_factor is null))
                    throw new ArgumentException("Exactly one of size and scale_factor has to be given.", nameof(size));
                long[] target = size ?? x.shape.Skip(2).Select((length, i) => (long)Math.Floor(length * scale_factor![i])).ToArray();
                double[]? factors = recompute_scale_factor ? null : scale_factor;
                bool corners = align_corners ?? false;
                Operator Choose(Operator one, Operator two, Operator three) =>
                    target.Length switch { 1 => one, 2 => two, 3 => three, _ => throw new ArgumentException($"Cannot resize {x.Dimensions - 2} dimensions.", nameof(x)) };
                switch (mode)
                {
                    case InterpolationMode.Nearest:
                        return Dispatcher.Call(
                            Choose(Ops.upsample_nearest1d__vec, Ops.upsample_nearest2d__vec, Ops.upsample_nearest3d__vec), x, SizeOrNone(target, factors), factors);
                    case InterpolationMode.NearestExact:
                        return Dispatcher.Call(
                            Choose(Ops._upsample_nearest_exact1d__vec, Ops._upsample_nearest_exact2d__vec, Ops._upsample_nearest_exact3d__vec),
                            x, SizeOrNone(target, factors), factors);
                    case InterpolationMode.Area:
                        return Dispatcher.Call(Choose(Ops.adaptive_avg_pool1d, Ops.adaptive_avg_pool2d, Ops.adaptive_avg_pool3d), x, target);
                    case InterpolationMode.Bilinear when antialias:
                        return Dispatcher.Call(Ops._upsample_bilinear2d_aa__vec, x, SizeOrNone(target, factors), corners, factors);
                    case InterpolationMode.Bicubic when antialias:
                        return Dispatcher.Call(Ops._upsample_bicubic2d_aa__vec, x, SizeOrNone(target, factors), corners, factors);
                    case InterpolationMode.Bicubic:
                        return Dispatcher.Call(Ops.upsample_bicubic2d__vec, x, SizeOrNone(target, factors), corners, factors);
                    default:
                        return Dispatcher.Call(
                            Choose(Ops.upsample_linear1d__vec, Ops.upsample_bilinear2d__vec, Ops.upsample_trilinear3d__vec),
                            x, SizeOrNone(target, factors), corners, factors);
                }
            }

            // The operators take either a size or factors.
            private static long[]? SizeOrNone(long[] size, double[]? factors) => factors is null ? size : null;
        }
    }
}
