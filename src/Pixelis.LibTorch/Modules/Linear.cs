using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>An affine map: <c>x W^T + b</c>, W of shape <c>[out, in]</c>.</summary>
        public sealed class Linear : Module<Tensor, Tensor>
        {
            [Utils.ComponentName(Name = "weight")]
            private Parameter _weight;

            [Utils.ComponentName(Name = "bias")]
            private Parameter? _bias;

            internal Linear(Parameter weight, Parameter? bias)
                : base(nameof(Linear))
            {
                in_features = weight.size(1);
                out_features = weight.size(0);
                _weight = (Parameter)weight.DetachFromDisposeScope();
                register_parameter(nameof(weight), _weight);
                if (bias is null)
                    return;
                _bias = (Parameter)bias.DetachFromDisposeScope();
                register_parameter(nameof(bias), _bias);
            }

            /// <summary>Width of the input.</summary>
            public long in_features { get; set; }

            /// <summary>Width of the output.</summary>
            public long out_features { get; set; }

            /// <summary>W, <c>[out, in]</c>.</summary>
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

            /// <summary>b, <c>[out]</c>; null where there is none.</summary>
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

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor) => functional.linear(tensor, _weight, _bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>An affine map with Kaiming-uniform weights.</summary>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            {
                Parameter weight = init.NewParameter([outputSize, inputSize], device, dtype);
                init.kaiming_uniform_(weight, Math.Sqrt(5));
                Parameter? bias = hasBias ? init.NewBias(outputSize, inputSize, device, dtype) : null;
                return new Linear(weight, bias);
            }

            /// <summary>An affine map over given parameters.</summary>
            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
