using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module owns and that training changes. Made from a tensor, which becomes invalid.</summary>
        public class Parameter : Tensor
        {
            /// <summary>Takes over the data.</summary>
            /// <param name="data">The values; this object becomes invalid.</param>
            /// <param name="requires_grad">Whether gradients are computed for it.</param>
            public Parameter(Tensor data, bool requires_grad = true)
                : base(data.with_requires_grad(requires_grad).MoveHandle()) => DisposeScope.ReplaceWith(data, this);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A parameter that takes over the data.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
