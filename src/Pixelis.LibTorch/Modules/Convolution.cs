using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>What convolutions share: weights <c>[out, in / groups, kernel...]</c> (transposed: <c>[in, out / groups, kernel...]</c>) and a bias.</summary>
        public abstract class Convolution : Module<Tensor, Tensor>
        {
            private protected readonly ConvolutionShape Shape;

            [Utils.ComponentName(Name = "weight")]
            private Parameter _weight;

            [Utils.ComponentName(Name = "bias")]
            private Parameter? _bias;

            private protected Convolution(string name, ConvolutionShape shape, bool hasBias, Device? device, ScalarType? dtype)
                : base(name)
            {
                Shape = shape;
                _weight = init.NewParameter(shape.WeightSizes, device, dtype);
                init.kaiming_uniform_(_weight, Math.Sqrt(5));
                register_parameter(nameof(weight), _weight);
                if (!hasBias)
                    return;
                (long fanIn, _) = init.CalculateFanInAndFanOut(_weight);
                _bias = init.NewBias(shape.Out, fanIn, device, dtype);
                register_parameter(nameof(bias), _bias);
            }

            /// <summary>The kernels.</summary>
            public Parameter weight
            {
                get => _weight;
                set
                {
                    if (!ReferenceEquals(_weight, value))
                        _weight.Dispose();
                    _weight = value!.DetachFromDisposeScope() as Parameter ?? throw new ArgumentNullException(nameof(value));
                    ConditionallyRegisterParameter(nameof(weight), _weight);
                }
            }

            /// <summary>Added to each output channel; null where there is none.</summary>
            public Parameter? bias
            {
                get => _bias;
                set
                {
                    if (!ReferenceEquals(_bias, value))
                        _bias?.Dispose();
                    _bias = value?.DetachFromDisposeScope() as Parameter;
                    ConditionallyRegisterParameter(nameof(bias), _bias);
                }
            }

            /// <summary>Channels of the input.</summary>
            public long in_channels => Shape.In;

            /// <summary>Channels of the output.</summary>
            public long out_channels => Shape.Out;

            /// <inheritdoc />
            public override Tensor forward(Tensor input) => Shape.Apply(input, _weight, _bias);
        }

        /// <summary>Convolution over 1 dimension.</summary>
        public sealed class Conv1d : Convolution
        {
            internal Conv1d(ConvolutionShape shape, bool hasBias, Device? device, ScalarType? dtype)
                : base(nameof(Conv1d), shape, hasBias, device, dtype)
            {
            }
        }

        /// <summary>Convolution over 2 dimensions.</summary>
        public sealed class Conv2d : Convolution
        {
            internal Conv2d(ConvolutionShape shape, bool hasBias, Device? device, ScalarType? dtype)
                : base(nameof(Conv2d), shape, hasBias, device, dtype)
            {
            }
        }

        /// <summary>Convolution over 3 dimensions.</summary>
        public sealed class Conv3d : Convolution
        {
            internal Conv3d(ConvolutionShape shape, bool hasBias, Device? device, ScalarType? dtype)
                : base(nameof(Conv3d), shape, hasBias, device, dtype)
            {
            }
        }

        /// <summary>What transposed convolutions share.</summary>
        public abstract class ConvolutionTranspose : Convolution
        {
            private protected ConvolutionTranspose(string name, ConvolutionShape shape, bool hasBias, Device? device, ScalarType? dtype)
                : base(name, shape, hasBias, device, dtype)
            {
            }
        }

        /// <summary>Transposed convolution over 2 dimensions.</summary>
        public sealed class ConvTranspose2d : ConvolutionTranspose
        {
            internal ConvTranspose2d(ConvolutionShape shape, bool hasBias, Device? device, ScalarType? dtype)
                : base(nameof(ConvTranspose2d), shape, hasBias, device, dtype)
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Convolution over 1 dimension.</summary>
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(new(in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], groups, padding_mode), bias, device, dtype);

            /// <summary>Convolution over 2 dimensions.</summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [dilation, dilation], groups, padding_mode), bias, device, dtype);

            /// <summary>Convolution over 2 dimensions.</summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    new(
                        in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2], stride is null ? [1, 1] : [stride.Value.Item1, stride.Value.Item2],
                        padding is null ? [0, 0] : [padding.Value.Item1, padding.Value.Item2], dilation is null ? [1, 1] : [dilation.Value.Item1, dilation.Value.Item2], groups, padding_mode),
                    bias, device, dtype);

            /// <summary>Convolution over 3 dimensions.</summary>
            public static Conv3d Conv3d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(new(in_channels, out_channels, [kernel_size, kernel_size, kernel_size], [stride, stride, stride], [padding, padding, padding], [dilation, dilation, dilation], groups, padding_mode), bias, device, dtype);

            /// <summary>Convolution over 3 dimensions.</summary>
            public static Conv3d Conv3d(
                long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long)? stride = null, (long, long, long)? padding = null,
                (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    new(
                        in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3], stride is null ? [1, 1, 1] : [stride.Value.Item1, stride.Value.Item2, stride.Value.Item3],
                        padding is null ? [0, 0, 0] : [padding.Value.Item1, padding.Value.Item2, padding.Value.Item3], dilation is null ? [1, 1, 1] : [dilation.Value.Item1, dilation.Value.Item2, dilation.Value.Item3], groups, padding_mode),
                    bias, device, dtype);

            /// <summary>Transposed convolution over 2 dimensions.</summary>
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                ConvTranspose2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding),
                    (output_padding, output_padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            /// <summary>Transposed convolution over 2 dimensions.</summary>
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    new(
                        in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2], stride is null ? [1, 1] : [stride.Value.Item1, stride.Value.Item2],
                        padding is null ? [0, 0] : [padding.Value.Item1, padding.Value.Item2], dilation is null ? [1, 1] : [dilation.Value.Item1, dilation.Value.Item2], groups, padding_mode)
                    {
                        OutputPadding = output_padding is null ? [0, 0] : [output_padding.Value.Item1, output_padding.Value.Item2],
                    },
                    bias, device, dtype);
        }
    }
}
