using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public static partial class autograd
    {
        /// <summary>Adds the gradients of tensors to the leaves they were computed from.</summary>
        /// <param name="tensors">What is differentiated.</param>
        /// <param name="grad_tensors">One gradient a tensor; may be left out for scalars.</param>
        /// <param name="retain_graph">Whether the graph can be used again; null means: when <paramref name="create_graph"/>.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated themselves.</param>
        /// <param name="inputs">The leaves to fill; null for all.</param>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors), seeds = Handles(grad_tensors), leaves = Handles(inputs);
            if (seeds.Length != 0 && seeds.Length != roots.Length)
                throw new ArgumentException($"{roots.Length} tensors need as many gradients, not {seeds.Length}.", nameof(grad_tensors));
            fixed (nint* rootsStart = roots, seedsStart = seeds, leavesStart = leaves)
            {
                int status = NativeMethods.px_backward(
                    rootsStart, roots.Length, seedsStart, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, leavesStart, leaves.Length);
                Dispatcher.Check(status, "backward");
            }
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>Adds the gradients of one tensor to the leaves it was computed from.</summary>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the gradients of one tensor to the leaves it was computed from.</summary>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensor is null ? null : [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>Returns the gradients of outputs with respect to inputs and leaves the leaves' own gradients alone.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">One gradient an output; may be left out for scalars.</param>
        /// <param name="retain_graph">Whether the graph can be used again.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated themselves.</param>
        /// <param name="allow_unused">Whether an input that the outputs do not depend on gives null instead of an error.</param>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] roots = Handles(outputs), leaves = Handles(inputs), seeds = Handles(grad_outputs);
            var found = new nint[leaves.Length];
            fixed (nint* rootsStart = roots, leavesStart = leaves, seedsStart = seeds, foundStart = found)
            {
                int status = NativeMethods.px_grad(
                    rootsStart, roots.Length, leavesStart, leaves.Length, seedsStart,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, foundStart);
                Dispatcher.Check(status, "grad");
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return found.Select(native => native == 0 ? null! : new Tensor(native)).ToList();
        }

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null || tensors.Count == 0)
                return [];
            var handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++)
                handles[i] = tensors[i]?.Handle ?? 0;
            return handles;
        }
    }
}
