using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gaussian error linear unit.</summary>
        public sealed class GELU : ParameterLessModule<Tensor, Tensor>
        {
            internal GELU(Approximate approximate, bool inplace)
                : base(nameof(GELU))
            {
                approximation = approximate;
                this.inplace = inplace;
            }

            /// <summary>How the error function is computed.</summary>
            public enum Approximate
            {
                /// <summary>Exactly.</summary>
                none,

                /// <summary>By a hyperbolic tangent.</summary>
                tanh,
            }

            /// <summary>Whether the input itself is changed.</summary>
            public bool inplace { get; set; }

            private Approximate approximation { get; }

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor) => functional.gelu(tensor, approximation, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Gaussian error linear unit, exact.</summary>
            public static GELU GELU() => new(Modules.GELU.Approximate.none, false);

            /// <summary>Gaussian error linear unit, exact.</summary>
            public static GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

            /// <summary>Gaussian error linear unit.</summary>
            public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);
        }
    }
}
