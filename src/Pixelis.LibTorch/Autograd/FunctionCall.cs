using System.Runtime.InteropServices;
using System.Text;
using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>One recorded call of a function: the C# side of a node in libtorch's graph, which keeps it alive.</summary>
        private sealed unsafe class FunctionCall
        {
            private readonly string _name;
            private readonly Func<AutogradContext, List<Tensor>, List<Tensor>> _backward;
            private readonly AutogradContext _context;
            private readonly bool[] _isTensor;
            private readonly int[] _places;
            private readonly (long[] Shape, ScalarType Type, Device Device)[] _outputs;
            private readonly List<Tensor> _differentiable;

            internal FunctionCall(
                string name, Func<AutogradContext, List<Tensor>, List<Tensor>> backward, AutogradContext context, bool[] isTensor,
                List<Tensor> outputs, List<Tensor> differentiable)
            {
                _name = name;
                _backward = backward;
                _context = context;
                _isTensor = isTensor;
                _differentiable = differentiable;
                _outputs = outputs.Select(output => (output.shape, output.dtype, output.device)).ToArray();
                _places = differentiable.Select(tensor => outputs.FindIndex(output => ReferenceEquals(output, tensor))).ToArray();
            }

            internal void Attach(Tensor[] inputs)
            {
                nint[] sources = Handles(inputs), results = Handles(_differentiable);
                nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this));
                fixed (nint* sourcesStart = sources, resultsStart = results)
                    Dispatcher.Check(
                        NativeMethods.px_custom_function(sourcesStart, sources.Length, resultsStart, results.Length, &OnBackward, &OnRelease, self),
                        _name);
                GC.KeepAlive(inputs);
                _differentiable.Clear();
            }

            [UnmanagedCallersOnly]
            private static int OnBackward(nint context, nint* gradients, int count, nint* results, int capacity, byte* error, int errorCapacity)
            {
                try
                {
                    var call = (FunctionCall)GCHandle.FromIntPtr(context).Target!;
                    call.Run(new ReadOnlySpan<nint>(gradients, count), new Span<nint>(results, capacity));
                    return 0;
                }
                catch (Exception exception)
                {
                    byte[] text = Encoding.UTF8.GetBytes(exception.Message);
                    int length = Math.Min(text.Length, errorCapacity - 1);
                    text.AsSpan(0, length).CopyTo(new Span<byte>(error, length));
                    error[length] = 0;
                    return -1;
                }
            }

            [UnmanagedCallersOnly]
            private static void OnRelease(nint context)
            {
                GCHandle handle = GCHandle.FromIntPtr(context);
                (handle.Target as FunctionCall)?._context.Dispose();
                handle.Free();
            }

            private void Run(ReadOnlySpan<nint> gradients, Span<nint> results)
            {
                using DisposeScope scope = NewDisposeScope();
                var given = new Tensor[_outputs.Length];
                for (int i = 0; i < gradients.Length; i++)
                    if (gradients[i] != 0)
                        given[_places[i]] = new Tensor(NativeMethods.px_tensor_retain(gradients[i]));
                if (_context.MaterializeGrads)
                    for (int i = 0; i < given.Length; i++)
                        given[i] ??= zeros(_outputs[i].Shape, _outputs[i].Type, _outputs[i].Device);
                List<Tensor> found = _backward(_context, [.. given]);
                if (found.Count < _isTensor.Length)
                    throw new InvalidOperationException($"{_name} returned {found.Count} gradients for {_isTensor.Length} inputs.");
                int next = 0;
                for (int i = 0; i < _isTensor.Length; i++)
                    if (_isTensor[i])
                        results[next++] = found[i] is { IsInvalid: false } gradient ? NativeMethods.px_tensor_retain(gradient.Handle) : 0;
            }
        }
    }
}
