using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Converts elements and moves them; the same native tensor where nothing changes, unless a copy is asked for.</summary>
        /// <param name="type">Element type.</param>
        /// <param name="device">Where to.</param>
        /// <param name="copy">Whether to copy in any case.</param>
        /// <param name="disposeAfter">Whether this object is disposed.</param>
        /// <param name="non_blocking">Whether a copy between CPU and GPU may still be under way on return.</param>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Dispatcher.Call(Ops.to__device, this, device, type, non_blocking, copy), disposeAfter);

        /// <summary>Converts elements.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Dispatcher.Call(Ops.to__dtype, this, type, non_blocking, copy), disposeAfter);

        /// <summary>Moves elements.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <summary>Moves elements.</summary>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>Moves elements.</summary>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>Converts and moves elements as another tensor has them.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>Converts elements.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        /// <summary>Converts elements.</summary>
        public Tensor type(ScalarType dtype) => to(dtype);

        /// <summary>Applies a conversion.</summary>
        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        /// <summary>Moves elements to the process's memory.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>Moves elements to a GPU.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        /// <summary>Converts elements to truth values.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>Converts elements to 8-bit unsigned integers.</summary>
        public Tensor @byte() => to(ScalarType.Byte);

        /// <summary>Converts elements to 8-bit signed integers.</summary>
        public Tensor @char() => to(ScalarType.Int8);

        /// <summary>Converts elements to 16-bit integers.</summary>
        public Tensor @short() => to(ScalarType.Int16);

        /// <summary>Converts elements to 32-bit integers.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>Converts elements to 64-bit integers.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>Converts elements to half precision.</summary>
        public Tensor half() => to(ScalarType.Float16);

        /// <summary>Converts elements to bfloat16.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        /// <summary>Converts elements to single precision.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>Converts elements to double precision.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>Copies the elements to page-locked memory.</summary>
        public Tensor pin_memory() => Dispatcher.Call(Ops.pin_memory, this);

        /// <summary>Whether a conversion would copy.</summary>
        internal bool WouldConvert(ScalarType type, Device target) =>
            dtype != type || device_type != target.type || (target.index >= 0 && device_index != target.index && target.type != DeviceType.CPU);

        private Tensor After(Tensor result, bool disposeThis)
        {
            if (disposeThis)
                Dispose();
            return result;
        }
    }
}
