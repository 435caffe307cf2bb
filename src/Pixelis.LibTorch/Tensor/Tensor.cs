using System.Runtime.InteropServices;
using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of one element type on one device. The object owns one reference to the native tensor: dispose it,
    /// or create it inside a <see cref="NewDisposeScope"/>; what nobody disposes is let go by the finalizer, at a time of its own.
    /// Members have the names and meaning they have in PyTorch. A name ending in an underscore changes the tensor and returns it.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        internal SafeTensorHandle handle;

        internal Tensor(nint native, int kibibytes = 0)
        {
            handle = new SafeTensorHandle(native, kibibytes);
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        /// <summary>Takes over a handle, as a parameter does with the handle of its data.</summary>
        internal Tensor(SafeTensorHandle taken) => handle = taken;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>A name for people, null by default.</summary>
        public string? name { get; set; }

        /// <summary>Tensors alive in the process.</summary>
        public static long TotalCount => SafeTensorHandle.LiveCount;

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => SafeTensorHandle.PeakCount;

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => handle.IsClosed || handle.IsInvalid;

        /// <summary>The native pointer.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => IsInvalid
            ? throw new InvalidOperationException("The tensor was disposed; a value that outlives its dispose scope has to be moved out of it.")
            : handle.Value;

        /// <summary>Lets the native tensor go.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Lets the native tensor go.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (!disposing || IsInvalid)
                return;
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            handle.Dispose();
        }

        /// <summary>Moves the tensor to the next outer dispose scope, or out of all where there is none.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of every dispose scope: the caller owns it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Moves the tensor to the scope that holds another tensor.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Moves the tensor to another scope; null takes it out of all.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
                other?.Attach(this);
            else
                OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        /// <summary>Hands the native reference to a caller, who has to release it; this object becomes invalid.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            nint native = NativeMethods.px_tensor_retain(Handle);
            Dispose();
            return native;
        }

        /// <summary>A tensor object over a native reference that it takes over.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>Gives the handle away; the object becomes invalid without releasing anything.</summary>
        internal SafeTensorHandle MoveHandle()
        {
            _ = Handle;
            SafeTensorHandle taken = handle;
            handle = ClosedHandle.Instance;
            return taken;
        }

        /// <summary>Another object over the same native tensor.</summary>
        internal Tensor Alias() => new(NativeMethods.px_tensor_retain(Handle));

        /// <summary>Reference equality; element-wise comparison is the operator.</summary>
        public bool Equals(Tensor target) => target is not null && dtype == target.dtype && shape.AsSpan().SequenceEqual(target.shape) && SameValues(target);

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <inheritdoc />
        public override int GetHashCode() => base.GetHashCode();

        /// <inheritdoc />
        public override string ToString() => IsInvalid ? "[disposed]" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        private bool SameValues(Tensor target) => Dispatcher.CallBool(Ops.equal, this, target);

        private static class ClosedHandle
        {
            internal static readonly SafeTensorHandle Instance = Create();

            private static SafeTensorHandle Create()
            {
                var handle = new SafeTensorHandle(0);
                handle.SetHandleAsInvalid();
                SafeTensorHandle.ForgetOne();
                return handle;
            }
        }
    }
}
