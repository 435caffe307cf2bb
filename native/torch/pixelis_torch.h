// The C ABI between Pixelis.LibTorch and libtorch. No exception crosses it: a function that can fail returns a status
// (0 = done, or a count; negative = failed), and px_last_error then holds libtorch's text for the calling thread.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define PX_EXPORT extern "C" __attribute__((visibility("default")))

// Bump when a signature or the layout of px_value changes; the C# side refuses another number.
#define PX_ABI_VERSION 1

// Owned reference to a tensor: a c10::TensorImpl* whose count the holder owns. Null stands for "no tensor".
typedef void* px_tensor;
// An operator of the dispatcher, found once by name and kept for the life of the process.
typedef void* px_operator;
typedef void* px_generator;

enum px_kind : int32_t {
    PX_NONE = 0,
    PX_TENSOR = 1,        // payload: px_tensor (borrowed in arguments, owned in results)
    PX_INT = 2,           // payload: int64 (also dtype, layout, memory format)
    PX_DOUBLE = 3,        // payload: bits of a double
    PX_BOOL = 4,          // payload: 0 or 1
    PX_INT_LIST = 5,      // payload: const int64_t*, length
    PX_TENSOR_LIST = 6,   // payload: px_tensor*, length (results: free the array with px_free)
    PX_OPTIONAL_TENSOR_LIST = 7,
    PX_STRING = 8,        // payload: const char* (UTF-8), length in bytes (results: free it with px_free)
    PX_DEVICE = 9,        // payload: device type in the high half, index + 1 in the low half
    PX_DOUBLE_LIST = 10,  // payload: const double*, length
    PX_GENERATOR = 11,    // payload: px_generator
    PX_DEFAULT = 12,      // the schema's default for this argument
};

struct px_value {
    int32_t kind;
    int32_t length;   // of a list; in a tensor result the KiB of storage that only this result holds
    int64_t payload;
};

typedef void (*px_release_callback)(void* context);
// Receives borrowed gradients, returns owned ones through results; a non-zero return means failure, text in error.
typedef int32_t (*px_backward_callback)(void* context, px_tensor* gradients, int32_t count, px_tensor* results, int32_t capacity,
                                        char* error, int32_t error_capacity);
