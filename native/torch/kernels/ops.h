// What the operators share: when the hot loops apply, and how ATen's tensors become their arguments.
#pragma once
#include "kernel_table.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>
#include <torch/version.h>

namespace pixelis {

using at::Tensor;
using OptTensor = c10::optional<Tensor>;

inline bool autocast_on() {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
  return at::autocast::is_autocast_enabled(at::kCPU);
#else
  return at::autocast::is_cpu_enabled();
#endif
}
inline at::ScalarType autocast_type() {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
  return at::autocast::get_autocast_dtype(at::kCPU);
#else
  return at::autocast::get_autocast_cpu_dtype();
#endif
}
// Autocast to bf16 on the CPU, the form the fused operators know.
inline bool autocast_bf16(const Tensor& x) { return x.device().is_cpu() && autocast_on() && autocast_type() == at::kBFloat16; }

inline bool known(at::ScalarType t) { return t == at::kFloat || t == at::kBFloat16; }
inline bool fused(const Tensor& x) { return x.device().is_cpu() && known(x.scalar_type()) && x.layout() == at::kStrided; }
inline Element element(const Tensor& x) { return x.scalar_type() == at::kFloat ? Element::f32 : Element::bf16; }
inline int code(const Tensor& x) { return static_cast<int>(element(x)); }
inline bool needs_grad(const Tensor& x) { return x.defined() && at::GradMode::is_enabled() && x.requires_grad(); }
inline bool needs_grad(const OptTensor& x) { return x.has_value() && needs_grad(*x); }

// Rows are cheap; a task should be worth the hand-over to another thread.
inline int64_t grain(int64_t cost_per_item) { return std::max<int64_t>(1, 32768 / std::max<int64_t>(1, cost_per_item)); }

Tensor linear(const Tensor& x, const Tensor& weight, const OptTensor& bias);
// The same with gradients, where its products apply.
bool linear_with_gradients_applies(const Tensor& x, const Tensor& weight, const OptTensor& bias);
Tensor linear_with_gradients(const Tensor& x, const Tensor& weight, const OptTensor& bias);
Tensor rms_norm(const Tensor& x, const Tensor& weight, double eps);
Tensor swiglu(const Tensor& gate, const Tensor& up);
Tensor rope(const Tensor& x, const Tensor& cos, const Tensor& sin);
Tensor& rope_(Tensor& x, const Tensor& cos, const Tensor& sin);
Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, bool causal, c10::optional<double> scale, const OptTensor& starts,
                 const OptTensor& prefix_k, const OptTensor& prefix_v);
// One decoding step of rows that each have a cache of their own: writes the new keys and values [B, Hkv, 1, d] into column lengths[i] of
// keys[i] and values[i], each [1, Hkv, capacity, d], then attends to the lengths[i] + 1 columns behind the prefix of the row, which has no
// elements where there is none. Rows that share a prefix stand together. q [B, H, 1, d], result [B, 1, H * d].
Tensor attend_rows(const Tensor& q, const Tensor& k, const Tensor& v, at::TensorList keys, at::TensorList values, at::TensorList prefix_keys,
                   at::TensorList prefix_values, at::IntArrayRef lengths, double scale);
// First unpadded column of each row of a bias that is 0 where attention is allowed; -1 for a row with padding in its middle.
// Padding at the end counts for nothing: causal attention never reaches it from an earlier column.
Tensor padding_starts(const Tensor& bias);
Tensor token_log_probs(const Tensor& logits, const Tensor& ids);
void adamw_(at::TensorList params, at::TensorList grads, at::TensorList exp_avgs, at::TensorList exp_avg_sqs, int64_t step, double lr,
            double beta1, double beta2, double eps, double weight_decay);

}  // namespace pixelis
