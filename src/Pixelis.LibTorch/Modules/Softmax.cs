using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Exponentials divided by their sum over a dimension.</summary>
        public sealed class Softmax : ParameterLessModule<Tensor, Tensor>
        {
            internal Softmax(long dim)
                : base(nameof(Softmax)) => _dim = dim;

            private readonly long _dim;

            /// <inheritdoc />
            public override Tensor forward(Tensor tensor) => tensor.softmax(_dim);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Exponentials divided by their sum over a dimension.</summary>
            public static Softmax Softmax(long dim) => new(dim);
        }
    }
}
