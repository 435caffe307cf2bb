using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Number of dimensions.</summary>
        public long Dimensions => Read(NativeMethods.px_tensor_dim(Handle));

        /// <summary>Number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>Number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>Number of elements.</summary>
        public long NumberOfElements => Read(NativeMethods.px_tensor_numel(Handle));

        /// <summary>Number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Read(NativeMethods.px_tensor_itemsize(Handle));

        /// <summary>Bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>Element type.</summary>
        public ScalarType dtype => (ScalarType)Read(NativeMethods.px_tensor_dtype(Handle));

        /// <summary>Where the elements are.</summary>
        public Device device => Device.FromPacked(Read(NativeMethods.px_tensor_device(Handle)));

        /// <summary>Kind of the device.</summary>
        public DeviceType device_type => (DeviceType)(Read(NativeMethods.px_tensor_device(Handle)) >> 32);

        /// <summary>Number of the device, -1 on the CPU.</summary>
        public int device_index => device.index;

        /// <summary>Whether the elements are on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor has a shape but no elements.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether the elements are in the process's memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the tensor is stored sparsely.</summary>
        public bool is_sparse => Read(NativeMethods.px_tensor_is_sparse(Handle)) != 0;

        /// <summary>Whether the elements are integers or truth values.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
        public bool is_contiguous() => Read(NativeMethods.px_tensor_is_contiguous(Handle)) != 0;

        /// <summary>Elements between the start of the storage and the first element.</summary>
        public long storage_offset() => Read(NativeMethods.px_tensor_storage_offset(Handle));

        /// <summary>Sizes of all dimensions.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* start = sizes)
                    NativeMethods.px_tensor_shape(Handle, start, null, sizes.Length);
                return Read(sizes);
            }
        }

        /// <summary>Sizes of all dimensions.</summary>
        public long[] size() => shape;

        /// <summary>Size of one dimension; negative counts from the last.</summary>
        public long size(int dim) => shape[Wrap(dim)];

        /// <summary>Strides of all dimensions, in elements.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* start = strides)
                NativeMethods.px_tensor_shape(Handle, null, start, strides.Length);
            return Read(strides);
        }

        /// <summary>Stride of one dimension, in elements; negative counts from the last.</summary>
        public long stride(int dim) => stride()[Wrap(dim)];

        private int Wrap(int dim)
        {
            int count = (int)Dimensions;
            if (dim < -count || dim >= count)
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {count} dimensions.");
            return dim < 0 ? dim + count : dim;
        }

        // Keeps the object, and with it the native tensor, alive until the value has been read.
        private T Read<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
