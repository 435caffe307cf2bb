using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether gradients are computed for the tensor.</summary>
        public bool requires_grad
        {
            get => Read(Dispatcher.Check(NativeMethods.px_tensor_requires_grad(Handle), "requires_grad")) != 0;
            set => Read(Dispatcher.Check(NativeMethods.px_tensor_set_requires_grad(Handle, value ? 1 : 0), "requires_grad_"));
        }

        /// <summary>Sets whether gradients are computed for the tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets whether gradients are computed for the tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Whether the tensor was made by the user and not by a recorded operation.</summary>
        public bool is_leaf => Read(Dispatcher.Check(NativeMethods.px_tensor_is_leaf(Handle), "is_leaf")) != 0;

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad() => Read(Dispatcher.Check(NativeMethods.px_tensor_retain_grad(Handle), "retain_grad"));

        /// <summary>The gradient that backward left, null before. Every read makes a new object over the same native tensor.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient;
                Dispatcher.Check(NativeMethods.px_tensor_grad(Handle, &gradient), "grad");
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                Dispatcher.Check(NativeMethods.px_tensor_set_grad(Handle, value?.Handle ?? 0), "grad");
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        /// <summary>Adds the gradients of this scalar to the leaves it was computed from.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Adds gradients to the leaves; see <see cref="autograd.backward(IList{Tensor}, IList{Tensor}?, bool?, bool, IList{Tensor}?)"/>.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
