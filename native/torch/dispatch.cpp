// Boxed dispatch: any operator, found by its schema name, called with an array of tagged values.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>

#include <cstdlib>
#include <cstring>

using c10::IValue;

namespace pixelis {

int32_t owned_kibibytes(const at::Tensor& tensor) {
    c10::TensorImpl* handle = tensor.unsafeGetTensorImpl();
    if (!handle->has_storage()) return 0;
    const c10::Storage& storage = handle->storage();
    if (!storage || storage.use_count() != 1) return 0;
    size_t kibibytes = storage.nbytes() >> 10;
    return kibibytes > INT32_MAX ? INT32_MAX : static_cast<int32_t>(kibibytes);
}

struct Operator {
    c10::OperatorHandle handle;
    size_t argument_count;
};

static c10::Device to_device(int64_t payload) {
    auto type = static_cast<c10::DeviceType>(payload >> 32);
    auto index = static_cast<int32_t>(payload & 0xffffffff) - 1;
    return c10::Device(type, static_cast<c10::DeviceIndex>(index));
}

static double to_double(int64_t payload) {
    double value;
    std::memcpy(&value, &payload, sizeof value);
    return value;
}

static IValue to_list(const px_value& value) {
    switch (value.kind) {
        case PX_INT_LIST: {
            auto* items = reinterpret_cast<const int64_t*>(value.payload);
            return IValue(c10::List<int64_t>(c10::IntArrayRef(items, value.length)));
        }
        case PX_DOUBLE_LIST: {
            auto* items = reinterpret_cast<const double*>(value.payload);
            return IValue(c10::List<double>(c10::ArrayRef<double>(items, value.length)));
        }
        case PX_TENSOR_LIST: {
            auto* items = reinterpret_cast<px_tensor*>(value.payload);
            c10::List<at::Tensor> list;
            list.reserve(value.length);
            for (int32_t i = 0; i < value.length; i++) list.push_back(borrow(items[i]));
            return IValue(std::move(list));
        }
        default: {
            auto* items = reinterpret_cast<px_tensor*>(value.payload);
            c10::List<optional<at::Tensor>> list;
            list.reserve(value.length);
            for (int32_t i = 0; i < value.length; i++) {
                optional<at::Tensor> item;
                if (items[i] != nullptr) item = borrow(items[i]);
                list.push_back(std::move(item));
            }
            return IValue(std::move(list));
        }
    }
}

static IValue to_ivalue(const px_value& value, const c10::Argument& argument) {
    switch (value.kind) {
        case PX_NONE: return IValue();
        case PX_TENSOR: return IValue(borrow(reinterpret_cast<px_tensor>(value.payload)));
        case PX_INT: return IValue(value.payload);
        case PX_DOUBLE: return IValue(to_double(value.payload));
        case PX_BOOL: return IValue(value.payload != 0);
        case PX_STRING: return IValue(std::string(reinterpret_cast<const char*>(value.payload), value.length));
        case PX_DEVICE: return IValue(to_device(value.payload));
        case PX_GENERATOR: return IValue(*reinterpret_cast<at::Generator*>(value.payload));
        case PX_DEFAULT:
            TORCH_CHECK(argument.default_value().has_value(), "argument '", argument.name(), "' has no default");
            return *argument.default_value();
        default: return to_list(value);
    }
}

static void write_tensor(px_value& result, at::Tensor tensor) {
    if (!tensor.defined()) {
        result = px_value{PX_NONE, 0, 0};
        return;
    }
    result.kind = PX_TENSOR;
    result.length = owned_kibibytes(tensor);
    result.payload = reinterpret_cast<int64_t>(give(std::move(tensor)));
}

static void write_tensor_list(px_value& result, IValue& value) {
    auto tensors = value.toTensorVector();
    auto** items = static_cast<px_tensor*>(std::malloc(sizeof(px_tensor) * (tensors.empty() ? 1 : tensors.size())));
    TORCH_CHECK(items != nullptr, "out of memory for a list of ", tensors.size(), " tensors");
    for (size_t i = 0; i < tensors.size(); i++) items[i] = give(std::move(tensors[i]));
    result = px_value{PX_TENSOR_LIST, static_cast<int32_t>(tensors.size()), reinterpret_cast<int64_t>(items)};
}

static void write_result(px_value& result, IValue& value) {
    if (value.isTensor()) {
        write_tensor(result, std::move(value).toTensor());
    } else if (value.isInt()) {
        result = px_value{PX_INT, 0, value.toInt()};
    } else if (value.isBool()) {
        result = px_value{PX_BOOL, 0, value.toBool() ? 1 : 0};
    } else if (value.isDouble()) {
        double number = value.toDouble();
        result = px_value{PX_DOUBLE, 0, 0};
        std::memcpy(&result.payload, &number, sizeof number);
    } else if (value.isTensorList()) {
        write_tensor_list(result, value);
    } else if (value.isString()) {
        const std::string& text = value.toStringRef();
        auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
        TORCH_CHECK(copy != nullptr, "out of memory for a text of ", text.size(), " bytes");
        std::memcpy(copy, text.c_str(), text.size() + 1);
        result = px_value{PX_STRING, static_cast<int32_t>(text.size()), reinterpret_cast<int64_t>(copy)};
    } else if (value.isNone()) {
        result = px_value{PX_NONE, 0, 0};
    } else {
        TORCH_CHECK(false, "a result of type ", value.tagKind(), " cannot cross the border");
    }
}

static void release_results(px_value* results, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (results[i].kind == PX_TENSOR) c10::raw::intrusive_ptr::decref(reinterpret_cast<c10::TensorImpl*>(results[i].payload));
        if (results[i].kind == PX_TENSOR_LIST) {
            auto* items = reinterpret_cast<px_tensor*>(results[i].payload);
            for (int32_t j = 0; j < results[i].length; j++) if (items[j]) c10::raw::intrusive_ptr::decref(impl(items[j]));
            std::free(items);
        }
    }
}

// The stack's memory is kept between calls. A nested call (an autograd function in C# that calls operators) finds the spare
// empty and allocates its own.
static thread_local torch::jit::Stack spare_stack;

static int32_t call(const Operator& op, const px_value* arguments, int32_t count, px_value* results, int32_t capacity) {
    const auto& schema = op.handle.schema();
    TORCH_CHECK(static_cast<size_t>(count) <= op.argument_count,
                "takes ", op.argument_count, " arguments, was given ", count);
    torch::jit::Stack stack;
    stack.swap(spare_stack);
    stack.clear();
    for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i], schema.arguments()[i]));
    for (size_t i = count; i < op.argument_count; i++) {
        const auto& argument = schema.arguments()[i];
        TORCH_CHECK(argument.default_value().has_value(), "argument '", argument.name(), "' was not given and has no default");
        stack.push_back(*argument.default_value());
    }
    op.handle.callBoxed(&stack);
    auto produced = static_cast<int32_t>(stack.size());
    TORCH_CHECK(produced <= capacity, "returned ", produced, " values where at most ", capacity, " were expected");
    int32_t written = 0;
    try {
        for (; written < produced; written++) write_result(results[written], stack[written]);
    } catch (...) {
        release_results(results, written);
        throw;
    }
    stack.clear();
    stack.swap(spare_stack);
    return produced;
}

}  // namespace pixelis

// Null when this libtorch has no such operator.
PX_EXPORT px_operator px_operator_find(const char* name, const char* overload) {
    return pixelis::guarded(static_cast<px_operator>(nullptr), [&]() -> px_operator {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        if (!found.has_value()) {
            pixelis::set_last_error("this libtorch has no operator of that name");
            return nullptr;
        }
        return new pixelis::Operator{*found, found->schema().arguments().size()};
    });
}

// The number of arguments the operator takes, and its schema as text (valid until the thread's next call).
PX_EXPORT int32_t px_operator_describe(px_operator handle, const char** schema) {
    return pixelis::guarded(-1, [&] {
        static thread_local std::string text;
        auto* op = static_cast<pixelis::Operator*>(handle);
        text = c10::toString(op->handle.schema());
        *schema = text.c_str();
        return static_cast<int32_t>(op->argument_count);
    });
}

// Returns the number of results, negative on failure. Arguments left off at the end take the schema's defaults.
PX_EXPORT int32_t px_operator_call(px_operator handle, const px_value* arguments, int32_t count, px_value* results,
                                   int32_t capacity) {
    return pixelis::guarded(-1, [&] {
        return pixelis::call(*static_cast<pixelis::Operator*>(handle), arguments, count, results, capacity);
    });
}
