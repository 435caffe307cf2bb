// Handles: lifetime, sizes, memory.
#include "shim.h"

#include <cstring>
#include <sstream>

using pixelis::borrow;
using pixelis::give;
using pixelis::guarded;
using pixelis::impl;

PX_EXPORT void px_tensor_release(px_tensor tensor) {
    if (tensor == nullptr) return;
    guarded(0, [&] {
        c10::raw::intrusive_ptr::decref(impl(tensor));
        return 0;
    });
}

PX_EXPORT px_tensor px_tensor_retain(px_tensor tensor) {
    if (tensor != nullptr) c10::raw::intrusive_ptr::incref(impl(tensor));
    return tensor;
}

PX_EXPORT int64_t px_tensor_dim(px_tensor tensor) { return impl(tensor)->dim(); }

PX_EXPORT int64_t px_tensor_numel(px_tensor tensor) { return impl(tensor)->numel(); }

PX_EXPORT int32_t px_tensor_dtype(px_tensor tensor) {
    return static_cast<int32_t>(c10::typeMetaToScalarType(impl(tensor)->dtype()));
}

PX_EXPORT int64_t px_tensor_itemsize(px_tensor tensor) { return static_cast<int64_t>(impl(tensor)->itemsize()); }

PX_EXPORT int64_t px_tensor_storage_offset(px_tensor tensor) { return impl(tensor)->storage_offset(); }

// Device type in the high half, index + 1 in the low half (as PX_DEVICE).
PX_EXPORT int64_t px_tensor_device(px_tensor tensor) {
    c10::Device device = impl(tensor)->device();
    return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(device.index() + 1);
}

PX_EXPORT int32_t px_tensor_is_contiguous(px_tensor tensor) { return impl(tensor)->is_contiguous() ? 1 : 0; }

PX_EXPORT int32_t px_tensor_is_sparse(px_tensor tensor) { return impl(tensor)->is_sparse() ? 1 : 0; }

// Copies at most capacity sizes (and strides, where asked for); returns the number of dimensions.
PX_EXPORT int32_t px_tensor_shape(px_tensor tensor, int64_t* sizes, int64_t* strides, int32_t capacity) {
    return guarded(-1, [&] {
        auto count = static_cast<int32_t>(impl(tensor)->dim());
        for (int32_t i = 0; i < count && i < capacity; i++) {
            if (sizes != nullptr) sizes[i] = impl(tensor)->sizes()[i];
            if (strides != nullptr) strides[i] = impl(tensor)->strides()[i];
        }
        return count;
    });
}

// Address of the first element; null for a tensor without memory (empty, or on the meta device).
PX_EXPORT int32_t px_tensor_data(px_tensor tensor, void** data) {
    return guarded(-1, [&] {
        *data = const_cast<void*>(static_cast<const void*>(borrow(tensor).data_ptr()));
        return 0;
    });
}

// A tensor over memory that somebody else owns; release(context) is called once nothing refers to it any more.
PX_EXPORT px_tensor px_tensor_wrap(void* data, const int64_t* sizes, int32_t dims, int32_t dtype, px_release_callback release,
                                   void* context) {
    return guarded(static_cast<px_tensor>(nullptr), [&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)).device(at::kCPU);
        c10::IntArrayRef shape(sizes, dims);
        if (release == nullptr) return give(at::from_blob(data, shape, options));
        return give(at::from_blob(data, shape, [release, context](void*) { release(context); }, options));
    });
}

// A new CPU tensor with a copy of the bytes; null data leaves the memory as it comes.
PX_EXPORT px_tensor px_tensor_copy_from(const void* data, const int64_t* sizes, int32_t dims, int32_t dtype) {
    return guarded(static_cast<px_tensor>(nullptr), [&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)).device(at::kCPU);
        at::Tensor tensor = at::empty(c10::IntArrayRef(sizes, dims), options);
        if (data != nullptr && tensor.nbytes() != 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
        return give(std::move(tensor));
    });
}

// The tensor as text, as libtorch prints it; valid until the thread's next call of this function.
PX_EXPORT const char* px_tensor_print(px_tensor tensor) {
    return guarded(static_cast<const char*>(nullptr), [&] {
        static thread_local std::string text;
        std::ostringstream stream;
        stream << borrow(tensor);
        text = stream.str();
        return text.c_str();
    });
}
