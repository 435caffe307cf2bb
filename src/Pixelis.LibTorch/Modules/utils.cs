using Pixelis.LibTorch.Native;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on the parameters of whole models.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their joint norm is at most a limit.</summary>
            /// <param name="tensors">Parameters; those without gradient do not count.</param>
            /// <param name="max_norm">The limit.</param>
            /// <param name="norm_type">Which p-norm; infinity gives the largest magnitude.</param>
            /// <returns>The joint norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable frozen = no_grad();
                Tensor[] gradients = tensors.Select(tensor => tensor.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0)
                    return 0;
                Device device = gradients[0].device;
                Tensor norms = stack(gradients.Select(gradient => Dispatcher.Call(Ops.linalg_vector_norm, gradient, norm_type).to(ScalarType.Float32, device)));
                double total = Dispatcher.Call(Ops.linalg_vector_norm, norms, norm_type).ToDouble();
                double factor = max_norm / (total + 1e-6);
                if (factor < 1)
                    foreach (Tensor gradient in gradients)
                        gradient.mul_((Scalar)factor);
                return total;
            }

            /// <summary>Limits each element of all gradients.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using IDisposable frozen = no_grad();
                foreach (Parameter tensor in tensors)
                {
                    using Tensor? gradient = tensor.grad;
                    gradient?.clamp_((Scalar)(-clip_value), (Scalar)clip_value);
                }
            }

            /// <summary>All parameters, flattened into one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors) => cat(tensors.Select(tensor => tensor.view(-1)).ToArray());

            /// <summary>Writes a vector back into the parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using IDisposable frozen = no_grad();
                long offset = 0;
                foreach (Parameter tensor in tensors)
                {
                    using Tensor part = vec.narrow(0, offset, tensor.numel());
                    using Tensor shaped = part.view_as(tensor);
                    tensor.copy_(shaped);
                    offset += tensor.numel();
                }
            }
        }
    }
}
