using System.Runtime.InteropServices;

namespace Pixelis.LibTorch.Native;

/// <summary>The C ABI of <c>native/torch/pixelis_torch.h</c>. Getters that only read a field skip the GC transition.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "pixelis_torch";

    /// <summary>The layout this assembly was written against (PX_ABI_VERSION).</summary>
    internal const int AbiVersion = 1;

    [LibraryImport(Library)]
    internal static partial int px_abi_version();

    [LibraryImport(Library)]
    internal static partial byte* px_last_error();

    [LibraryImport(Library)]
    internal static partial int px_install_allocator();

    [LibraryImport(Library)]
    internal static partial long px_kept_memory(int release);

    [LibraryImport(Library)]
    internal static partial void px_free(void* memory);

    [LibraryImport(Library)]
    internal static partial nint px_operator_find(byte* name, byte* overload);

    [LibraryImport(Library)]
    internal static partial int px_operator_describe(nint handle, byte** schema);

    [LibraryImport(Library)]
    internal static partial int px_operator_call(nint handle, NativeValue* arguments, int count, NativeValue* results, int capacity);

    [LibraryImport(Library)]
    internal static partial void px_tensor_release(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint px_tensor_retain(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long px_tensor_dim(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long px_tensor_numel(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int px_tensor_dtype(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long px_tensor_itemsize(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long px_tensor_storage_offset(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long px_tensor_device(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int px_tensor_is_contiguous(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int px_tensor_is_sparse(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int px_tensor_shape(nint tensor, long* sizes, long* strides, int capacity);

    [LibraryImport(Library)]
    internal static partial int px_tensor_data(nint tensor, void** data);

    [LibraryImport(Library)]
    internal static partial nint px_tensor_wrap(
        void* data, long* sizes, int dims, int dtype, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library)]
    internal static partial nint px_tensor_copy_from(void* data, long* sizes, int dims, int dtype);

    [LibraryImport(Library)]
    internal static partial byte* px_tensor_print(nint tensor);

    [LibraryImport(Library)]
    internal static partial int px_tensor_requires_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int px_tensor_set_requires_grad(nint tensor, int value);

    [LibraryImport(Library)]
    internal static partial int px_tensor_is_leaf(nint tensor);

    [LibraryImport(Library)]
    internal static partial int px_tensor_grad(nint tensor, nint* gradient);

    [LibraryImport(Library)]
    internal static partial int px_tensor_set_grad(nint tensor, nint gradient);

    [LibraryImport(Library)]
    internal static partial int px_tensor_retain_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int px_backward(
        nint* tensors, int count, nint* gradients, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int px_grad(
        nint* outputs, int count, nint* inputs, int inputCount, nint* gradients,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int px_custom_function(
        nint* inputs, int inputCount, nint* outputs, int outputCount,
        delegate* unmanaged<nint, nint*, int, nint*, int, byte*, int, int> backward, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int px_grad_mode();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void px_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial nint px_inference_mode_enter(int enabled);

    [LibraryImport(Library)]
    internal static partial void px_inference_mode_leave(nint guard);

    [LibraryImport(Library)]
    internal static partial int px_inference_mode();

    [LibraryImport(Library)]
    internal static partial int px_autocast_set(int device, int enabled, int dtype);

    [LibraryImport(Library)]
    internal static partial int px_autocast_nesting(int change);

    [LibraryImport(Library)]
    internal static partial byte* px_describe(int which);

    [LibraryImport(Library)]
    internal static partial byte* px_blas_libraries();

    [LibraryImport(Library)]
    internal static partial int px_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int px_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int px_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int px_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int px_openblas_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int px_openblas_get_num_threads();

    [LibraryImport(Library)]
    internal static partial byte* px_openblas_core();

    [LibraryImport(Library)]
    internal static partial int px_cuda_is_available();

    [LibraryImport(Library)]
    internal static partial int px_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int px_cuda_synchronize(int device);

    [LibraryImport(Library)]
    internal static partial byte* px_cuda_describe();

    [LibraryImport(Library)]
    internal static partial int px_context_flag(int which);

    [LibraryImport(Library)]
    internal static partial int px_set_context_flag(int which, int value);

    [LibraryImport(Library)]
    internal static partial int px_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial nint px_generator_default(int type, int index);

    [LibraryImport(Library)]
    internal static partial nint px_generator_create(int type, int index, long seed);

    [LibraryImport(Library)]
    internal static partial void px_generator_release(nint generator);

    [LibraryImport(Library)]
    internal static partial int px_generator_set_seed(nint generator, long seed);

    [LibraryImport(Library)]
    internal static partial long px_generator_seed(nint generator);

    [LibraryImport(Library)]
    internal static partial nint px_generator_state(nint generator);

    [LibraryImport(Library)]
    internal static partial int px_generator_set_state(nint generator, nint state);
}
