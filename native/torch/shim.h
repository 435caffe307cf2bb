// What the shim's source files share: errors and the passage of tensors over the border.
#pragma once
#include <ATen/ATen.h>
#include <c10/util/Exception.h>
#include <exception>
#include <optional>
#include <string>

#include "pixelis_torch.h"

namespace pixelis {

// libtorch had an optional of its own before it took the standard's.
#if PIXELIS_TORCH_MAJOR > 2 || (PIXELIS_TORCH_MAJOR == 2 && PIXELIS_TORCH_MINOR >= 2)
template <typename T>
using optional = std::optional<T>;
#else
template <typename T>
using optional = c10::optional<T>;
#endif

void set_last_error(const char* text);

// Runs the body; an exception becomes the thread's last error and `failed`.
template <typename Body, typename Result>
Result guarded(Result failed, Body body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        set_last_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_last_error(error.what());
    } catch (...) {
        set_last_error("an exception of unknown type was thrown");
    }
    return failed;
}

inline at::Tensor borrow(px_tensor handle) {
    using Pointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;
    if (handle == nullptr) return at::Tensor();
    return at::Tensor(Pointer::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

inline px_tensor give(at::Tensor tensor) {
    if (!tensor.defined()) return nullptr;
    return tensor.unsafeReleaseTensorImpl();
}

inline c10::TensorImpl* impl(px_tensor handle) { return static_cast<c10::TensorImpl*>(handle); }

// KiB that are freed when this tensor goes: its storage's size where nothing else holds the storage, else 0.
int32_t owned_kibibytes(const at::Tensor& tensor);

}  // namespace pixelis
