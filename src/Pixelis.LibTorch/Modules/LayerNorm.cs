using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales and shifts.</summary>
        public sealed class LayerNorm : Module<Tensor, Tensor>
        {
            [Utils.ComponentName(Name = "weight")]
            private Parameter? _weight;

            [Utils.ComponentName(Name = "bias")]
            private Parameter? _bias;

            internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, Device? device, ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                normalized_shape = shape;
                this.eps = eps;
                elementwise_affine = affine;
                if (!affine)
                    return;
                _weight = init.NewParameter(shape, device, dtype);
                init.ones_(_weight);
                register_parameter(nameof(weight), _weight);
                if (!hasBias)
                    return;
                _bias = init.NewParameter(shape, device, dtype);
                init.zeros_(_bias);
                register_parameter(nameof(bias), _bias);
            }

            /// <summary>The dimensions that are normalised.</summary>
            public long[] normalized_shape { get; set; }

            /// <summary>Added to the variance.</summary>
            public double eps { get; set; }

            /// <summary>Whether there are a scale and a shift.</summary>
            public bool elementwise_affine { get; set; }

            /// <summary>The scale; null without one.</summary>
            public Parameter weight
            {
                get => _weight!;
                set
                {
                    if (!ReferenceEquals(_weight, value))
                        _weight?.Dispose();
                    _weight = value?.DetachFromDisposeScope() as Parameter;
                    ConditionallyRegisterParameter(nameof(weight), _weight);
                }
            }

            /// <summary>The shift; null without one.</summary>
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

            /// <summary>Sets the scale to 1 and the shift to 0.</summary>
            public void reset_parameters()
            {
                if (_weight is not null)
                    init.ones_(_weight);
                if (_bias is not null)
                    init.zeros_(_bias);
            }

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Layer normalisation over the last dimensions.</summary>
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <summary>Layer normalisation over the last dimension.</summary>
            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
