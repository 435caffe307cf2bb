using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>x times its logistic function.</summary>
        public sealed class SiLU : ParameterLessModule<Tensor, Tensor>
        {
            internal SiLU(bool inplace)
                : base(nameof(SiLU)) => this.inplace = inplace;

            /// <summary>Whether the input itself is changed.</summary>
            public bool inplace { get; set; }

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor) => functional.silu(tensor, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x times its logistic function.</summary>
            public static SiLU SiLU() => new(false);

            /// <summary>x times its logistic function.</summary>
            public static SiLU SiLU(bool inplace) => new(inplace);
        }
    }
}
