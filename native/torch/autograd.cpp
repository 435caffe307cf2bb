// Gradients: flags, backward, grad, modes, and functions whose backward is written in C#.
#include "shim.h"

#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include <vector>

using pixelis::borrow;
using pixelis::give;
using pixelis::guarded;

static std::vector<at::Tensor> borrow_all(px_tensor* items, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(items[i]));
    return tensors;
}

PX_EXPORT int32_t px_tensor_requires_grad(px_tensor tensor) {
    return guarded(-1, [&] { return borrow(tensor).requires_grad() ? 1 : 0; });
}

PX_EXPORT int32_t px_tensor_set_requires_grad(px_tensor tensor, int32_t value) {
    return guarded(-1, [&] {
        borrow(tensor).requires_grad_(value != 0);
        return 0;
    });
}

PX_EXPORT int32_t px_tensor_is_leaf(px_tensor tensor) {
    return guarded(-1, [&] { return borrow(tensor).is_leaf() ? 1 : 0; });
}

// 0 and a null handle where there is no gradient yet.
PX_EXPORT int32_t px_tensor_grad(px_tensor tensor, px_tensor* gradient) {
    return guarded(-1, [&] {
        *gradient = give(borrow(tensor).grad());
        return 0;
    });
}

PX_EXPORT int32_t px_tensor_set_grad(px_tensor tensor, px_tensor gradient) {
    return guarded(-1, [&] {
        borrow(tensor).mutable_grad() = borrow(gradient);
        return 0;
    });
}

PX_EXPORT int32_t px_tensor_retain_grad(px_tensor tensor) {
    return guarded(-1, [&] {
        borrow(tensor).retain_grad();
        return 0;
    });
}

// gradients: null, or one per tensor (null entries allowed). inputs: null for every leaf.
PX_EXPORT int32_t px_backward(px_tensor* tensors, int32_t count, px_tensor* gradients, int32_t retain_graph,
                              int32_t create_graph, px_tensor* inputs, int32_t input_count) {
    return guarded(-1, [&] {
        std::vector<at::Tensor> seeds;
        if (gradients != nullptr) seeds = borrow_all(gradients, count);
        torch::autograd::backward(borrow_all(tensors, count), seeds, retain_graph != 0, create_graph != 0,
                                  borrow_all(inputs, input_count));
        return 0;
    });
}

PX_EXPORT int32_t px_grad(px_tensor* outputs, int32_t count, px_tensor* inputs, int32_t input_count, px_tensor* gradients,
                          int32_t retain_graph, int32_t create_graph, int32_t allow_unused, px_tensor* results) {
    return guarded(-1, [&] {
        std::vector<at::Tensor> seeds;
        if (gradients != nullptr) seeds = borrow_all(gradients, count);
        auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count), seeds,
                                           retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; i++) results[i] = give(std::move(found[i]));
        return 0;
    });
}

PX_EXPORT int32_t px_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }

PX_EXPORT void px_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

PX_EXPORT void* px_inference_mode_enter(int32_t enabled) {
    return guarded(static_cast<void*>(nullptr), [&]() -> void* { return new c10::InferenceMode(enabled != 0); });
}

PX_EXPORT void px_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

PX_EXPORT int32_t px_inference_mode() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

// device: 0 = CPU, 1 = CUDA. Returns the state before in bit 0. Leaving the outermost region drops the cast weights.
PX_EXPORT int32_t px_autocast_set(int32_t device, int32_t enabled, int32_t dtype) {
    return guarded(-1, [&] {
        auto type = static_cast<c10::ScalarType>(dtype);
        bool before;
#if PIXELIS_TORCH_MAJOR > 2 || (PIXELIS_TORCH_MAJOR == 2 && PIXELIS_TORCH_MINOR >= 4)
        auto kind = device == 1 ? at::kCUDA : at::kCPU;
        before = at::autocast::is_autocast_enabled(kind);
        at::autocast::set_autocast_enabled(kind, enabled != 0);
        if (dtype >= 0) at::autocast::set_autocast_dtype(kind, type);
#else
        if (device == 1) {
            before = at::autocast::is_enabled();
            at::autocast::set_enabled(enabled != 0);
            if (dtype >= 0) at::autocast::set_autocast_gpu_dtype(type);
        } else {
            before = at::autocast::is_cpu_enabled();
            at::autocast::set_cpu_enabled(enabled != 0);
            if (dtype >= 0) at::autocast::set_autocast_cpu_dtype(type);
        }
#endif
        return before ? 1 : 0;
    });
}

PX_EXPORT int32_t px_autocast_nesting(int32_t change) {
    return guarded(-1, [&] {
        if (change > 0) return at::autocast::increment_nesting();
        int nesting = at::autocast::decrement_nesting();
        if (nesting == 0) at::autocast::clear_cache();
        return nesting;
    });
}

namespace {

// A node of the graph whose backward lives in C#.
struct ManagedNode : public torch::autograd::Node {
    px_backward_callback callback;
    px_release_callback release;
    void* context;

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        std::vector<px_tensor> given;
        given.reserve(gradients.size());
        for (auto& gradient : gradients) given.push_back(gradient.defined() ? gradient.unsafeGetTensorImpl() : nullptr);
        std::vector<px_tensor> results(num_outputs(), nullptr);
        char error[2048] = "";
        int32_t status = callback(context, given.data(), static_cast<int32_t>(given.size()), results.data(),
                                  static_cast<int32_t>(results.size()), error, sizeof error);
        torch::autograd::variable_list out;
        out.reserve(results.size());
        for (px_tensor handle : results) {
            at::Tensor tensor = borrow(handle);
            if (handle != nullptr) c10::raw::intrusive_ptr::decref(pixelis::impl(handle));
            out.push_back(std::move(tensor));
        }
        TORCH_CHECK(status == 0, error);
        return out;
    }

    std::string name() const override { return "PixelisManagedNode"; }

    ~ManagedNode() override {
        if (release != nullptr) release(context);
    }
};

}  // namespace

// Makes outputs (computed without gradients) the results of a node over inputs, whose backward is the callback. release is
// called when the graph lets the node go, also when no input needs a gradient. Null inputs stand for non-tensors.
PX_EXPORT int32_t px_custom_function(px_tensor* inputs, int32_t input_count, px_tensor* outputs, int32_t output_count,
                                     px_backward_callback callback, px_release_callback release, void* context) {
    return guarded(-1, [&] {
        auto node = std::shared_ptr<ManagedNode>(new ManagedNode(), torch::autograd::deleteNode);
        node->callback = callback;
        node->release = release;
        node->context = context;
        auto tensors = borrow_all(inputs, input_count);
        node->set_next_edges(torch::autograd::collect_next_edges(tensors));
        for (int32_t i = 0; i < output_count; i++) {
            at::Tensor output = borrow(outputs[i]);
            torch::autograd::set_history(output, node);
        }
        return 0;
    });
}
