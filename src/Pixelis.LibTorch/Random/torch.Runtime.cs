using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Version of the libtorch the native shim was built against.</summary>
    public static unsafe string __version__ => Text(NativeMethods.px_describe(0));

    /// <summary>Threads that one operation may use.</summary>
    public static int get_num_threads() => NativeMethods.px_get_num_threads();

    /// <summary>Sets the threads that one operation may use, in libtorch's pool and in OpenBLAS's.</summary>
    public static void set_num_threads(int num)
    {
        Dispatcher.Check(NativeMethods.px_set_num_threads(num), "set_num_threads");
        _ = NativeMethods.px_openblas_set_num_threads(num);
    }

    /// <summary>Threads that independent operations may use.</summary>
    public static int get_num_interop_threads() => NativeMethods.px_get_num_interop_threads();

    /// <summary>Sets the threads that independent operations may use; only before the first parallel work.</summary>
    public static void set_num_interop_threads(int num) =>
        Dispatcher.Check(NativeMethods.px_set_num_interop_threads(num), "set_num_interop_threads");

    /// <summary>Whether a CUDA device can be used.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    internal static unsafe string Text(byte* text) => System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>NVIDIA GPUs.</summary>
    public static partial class cuda
    {
        /// <summary>Whether a CUDA device can be used.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Number of CUDA devices.</summary>
        public static int device_count() => NativeMethods.px_cuda_device_count();

        /// <summary>Seeds the current device's random stream.</summary>
        public static void manual_seed(long seed) => manual_seed_all(seed);

        /// <summary>Seeds the random streams of all devices.</summary>
        public static void manual_seed_all(long seed)
        {
            for (int i = 0; i < device_count(); i++)
            {
                using Generator generator = Generator.OfDevice(new Device(DeviceType.CUDA, i));
                generator.manual_seed(seed);
            }
        }

        /// <summary>Waits until a device has done all work it was given.</summary>
        public static void synchronize(Device? device = null)
        {
            if (is_available())
                Dispatcher.Check(NativeMethods.px_cuda_synchronize(device?.index ?? -1), "cuda.synchronize");
        }
    }

    /// <summary>Settings of the libraries under libtorch.</summary>
    public static partial class backends
    {
        /// <summary>CUDA.</summary>
        public static partial class cuda
        {
            /// <summary>Matrix products.</summary>
            public static partial class matmul
            {
                /// <summary>Whether float32 products may use TF32: faster, with 10 bits of mantissa.</summary>
                public static bool allow_tf32
                {
                    get => NativeMethods.px_context_flag(0) > 0;
                    set => Dispatcher.Check(NativeMethods.px_set_context_flag(0, value ? 1 : 0), "allow_tf32");
                }

                /// <summary>Whether half-precision products may sum in half precision.</summary>
                public static bool allow_fp16_reduced_precision_reduction
                {
                    get => NativeMethods.px_context_flag(2) > 0;
                    set => Dispatcher.Check(NativeMethods.px_set_context_flag(2, value ? 1 : 0), "allow_fp16_reduced_precision_reduction");
                }
            }
        }

        /// <summary>cuDNN.</summary>
        public static partial class cudnn
        {
            /// <summary>Whether convolutions may use TF32.</summary>
            public static bool allow_tf32
            {
                get => NativeMethods.px_context_flag(1) > 0;
                set => Dispatcher.Check(NativeMethods.px_set_context_flag(1, value ? 1 : 0), "allow_tf32");
            }
        }
    }
}
