namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>An operation whose gradient is written in C#. Derive from one of the two kinds below.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            internal static readonly T Instance = new();

            /// <summary>Name of the function, for messages.</summary>
            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients);

            /// <summary>Runs the function and records it where an input needs a gradient.</summary>
            public static List<Tensor> apply_internal(params object[] vars)
            {
                bool[] isTensor = Array.ConvertAll(vars, value => value is Tensor { IsInvalid: false });
                Tensor[] inputs = vars.OfType<Tensor>().Where(tensor => !tensor.IsInvalid).ToArray();
                bool recorded = is_grad_enabled() && inputs.Any(tensor => tensor.requires_grad);
                var context = new AutogradContext();
                List<Tensor> outputs;
                using (no_grad())
                    outputs = Instance.Forward(context, vars).Select(output => Separate(output, inputs)).ToList();
                if (!recorded)
                {
                    context.Dispose();
                    return outputs;
                }
                List<Tensor> differentiable = outputs.Where(context.IsDifferentiable).ToList();
                var call = new FunctionCall(Instance.Name, (ctx, gradients) => Instance.Backward(ctx, gradients), context, isTensor, outputs, differentiable);
                call.Attach(inputs);
                return outputs;
            }

            // An input that comes back unchanged becomes a tensor of its own: the graph's edge has to lead to this call.
            private static Tensor Separate(Tensor output, Tensor[] inputs) =>
                inputs.Any(input => input.Handle == output.Handle) ? output.alias() : output;
        }

        /// <summary>A function with one result.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Runs the function.</summary>
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            /// <summary>Computes the result; what the gradient needs is kept in the context.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>Computes one gradient for each input; null for inputs that are no tensors.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => backward(ctx, gradients[0]);
        }

        /// <summary>A function with several results.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class MultiTensorFunction<T> : Function<T>
            where T : MultiTensorFunction<T>, new()
        {
            /// <summary>Runs the function.</summary>
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            /// <summary>Computes the results; what the gradient needs is kept in the context.</summary>
            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>Computes one gradient for each input; null for inputs that are no tensors.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => backward(ctx, gradients);
        }
    }
}
