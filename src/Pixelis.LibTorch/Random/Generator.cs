using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of pseudo-random numbers. Operations that take one draw from it instead of from the process-wide stream.</summary>
    public class Generator : IDisposable
    {
        private readonly SafeGeneratorHandle _handle;

        /// <summary>Creates a stream.</summary>
        /// <param name="seed">Seed; the same seed gives the same numbers.</param>
        /// <param name="device">Where it draws; the CPU by default.</param>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            nint native = NativeMethods.px_generator_create((int)this.device.type, Math.Max(this.device.index, this.device.type == DeviceType.CUDA ? 0 : -1), (long)seed);
            _handle = new SafeGeneratorHandle(Dispatcher.Check(native, "Generator"));
        }

        private Generator(nint native, Device device)
        {
            _handle = new SafeGeneratorHandle(native);
            this.device = device;
        }

        /// <summary>Where it draws.</summary>
        public Device device { get; }

        /// <summary>The native pointer.</summary>
        public IntPtr Handle => _handle.IsClosed ? throw new ObjectDisposedException(nameof(Generator)) : _handle.DangerousGetHandle();

        /// <summary>The process-wide stream of the CPU.</summary>
        public static Generator Default => OfDevice(CPU);

        /// <summary>The process-wide stream of a device.</summary>
        internal static Generator OfDevice(Device device) =>
            new(Dispatcher.Check(NativeMethods.px_generator_default((int)device.type, device.index), "default_generator"), device);

        /// <summary>The state, as bytes <c>uint8 [n]</c>.</summary>
        public Tensor get_state() => new(Dispatcher.Check(NativeMethods.px_generator_state(Handle), "get_state"));

        /// <summary>Puts the stream into a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            Dispatcher.Check(NativeMethods.px_generator_set_state(Handle, value.Handle), "set_state");
            GC.KeepAlive(value);
        }

        /// <summary>Starts the stream anew.</summary>
        public Generator manual_seed(long seed)
        {
            Dispatcher.Check(NativeMethods.px_generator_set_seed(Handle, seed), "manual_seed");
            return this;
        }

        /// <summary>Starts the stream anew from a seed that the machine's entropy gives, and returns it.</summary>
        public long seed()
        {
            long value = System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
            manual_seed(value);
            return value;
        }

        /// <summary>The seed the stream started from.</summary>
        public long initial_seed() => NativeMethods.px_generator_seed(Handle);

        /// <summary>Lets the native stream go.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Lets the native stream go.</summary>
        protected virtual void Dispose(bool disposing) => _handle.Dispose();
    }
}
