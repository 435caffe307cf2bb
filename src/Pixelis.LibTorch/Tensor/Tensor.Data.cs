using Pixelis.LibTorch.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Access to the elements; a tensor on another device is copied to the CPU first.</summary>
        /// <exception cref="ArgumentException">T is not the element type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ScalarType asked = ElementTypes.Of(typeof(T));
            if (asked != dtype)
                throw new ArgumentException($"{typeof(T).Name} is not compatible with elements of type {dtype}.");
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one, or T is not the element type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"The tensor has {NumberOfElements} elements where exactly one is needed.");
            if (device_type == DeviceType.CPU)
                return data<T>()[0];
            using Tensor local = cpu();
            return local.data<T>()[0];
        }

        /// <summary>The only element, as a scalar of the element type.</summary>
        public Scalar ToScalar()
        {
            NativeValue value = Dispatcher.CallValue(Ops._local_scalar_dense, this);
            ScalarType type = dtype;
            return value.Kind switch
            {
                ValueKind.Double => Scalar.OfReal(BitConverter.Int64BitsToDouble(value.Payload), type),
                ValueKind.Bool => value.Payload != 0,
                _ => Scalar.OfInteger(value.Payload, type),
            };
        }

        /// <summary>The elements' bytes in place: writing changes the tensor. Valid while the tensor is.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("Bytes of a tensor that is not contiguous; call contiguous() first.");
                if (device_type != DeviceType.CPU)
                    throw new InvalidOperationException("Bytes of a tensor that is not on the CPU; call cpu() first.");
                long size = NumberOfElements * ElementSize;
                return size > int.MaxValue
                    ? throw new ArgumentException($"A span cannot hold the tensor's {size} bytes.")
                    : new Span<byte>(DataPointer, (int)size);
            }

            set
            {
                Span<byte> target = bytes;
                if (target.Length != value.Length)
                    throw new ArgumentException($"{value.Length} bytes do not fill a tensor of {target.Length}.");
                value.CopyTo(target);
            }
        }

        /// <summary>Writes the elements' bytes to a stream.</summary>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            CheckDense();
            long size = NumberOfElements * ElementSize;
            var start = (byte*)DataPointer;
            for (long done = 0; done < size; done += 1 << 20)
                stream.Write(new ReadOnlySpan<byte>(start + done, (int)Math.Min(1 << 20, size - done)));
            GC.KeepAlive(this);
        }

        /// <summary>Fills the elements' bytes from a stream.</summary>
        /// <exception cref="EndOfStreamException">The stream ends early.</exception>
        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            CheckDense();
            long size = NumberOfElements * ElementSize;
            var start = (byte*)DataPointer;
            for (long done = 0; done < size; done += 1 << 20)
                stream.ReadExactly(new Span<byte>(start + done, (int)Math.Min(1 << 20, size - done)));
            GC.KeepAlive(this);
        }

        /// <summary>Address of the first element.</summary>
        internal unsafe void* DataPointer
        {
            get
            {
                void* data;
                Dispatcher.Check(NativeMethods.px_tensor_data(Handle, &data), "data_ptr");
                return data;
            }
        }

        private void CheckDense()
        {
            if (!is_contiguous() || device_type != DeviceType.CPU)
                throw new InvalidOperationException("The bytes of a tensor can only be reached where it is contiguous and on the CPU.");
        }
    }
}
