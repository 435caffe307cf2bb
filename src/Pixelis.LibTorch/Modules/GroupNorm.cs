using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalises groups of channels.</summary>
        public sealed class GroupNorm : Module<Tensor, Tensor>
        {
            [Utils.ComponentName(Name = "weight")]
            private readonly Parameter? _weight;

            [Utils.ComponentName(Name = "bias")]
            private readonly Parameter? _bias;

            internal GroupNorm(long groups, long channels, double eps, bool affine, Device? device, ScalarType? dtype)
                : base(nameof(GroupNorm))
            {
                num_groups = groups;
                num_channels = channels;
                this.eps = eps;
                if (!affine)
                    return;
                _weight = init.NewParameter([channels], device, dtype);
                init.ones_(_weight);
                _bias = init.NewParameter([channels], device, dtype);
                init.zeros_(_bias);
                register_parameter("weight", _weight);
                register_parameter("bias", _bias);
            }

            /// <summary>Number of groups.</summary>
            internal long num_groups { get; }

            /// <summary>Number of channels.</summary>
            internal long num_channels { get; }

            /// <summary>Added to the variance.</summary>
            public double eps { get; set; }

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor) => functional.group_norm(tensor, num_groups, _weight, _bias, eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalisation over groups of channels.</summary>
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
