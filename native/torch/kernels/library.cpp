// The operators of namespace pixelis. Each is correct on every device and type: where the hot loops do not apply it is
// composed of ATen's operators, so autograd, autocast and CUDA work through those.
#include "ops.h"

TORCH_LIBRARY(pixelis, m) {
  m.def("linear(Tensor x, Tensor weight, Tensor? bias=None) -> Tensor", &pixelis::linear);
  m.def("rms_norm(Tensor x, Tensor weight, float eps) -> Tensor", &pixelis::rms_norm);
  m.def("swiglu(Tensor gate, Tensor up) -> Tensor", &pixelis::swiglu);
  m.def("rope(Tensor x, Tensor cos, Tensor sin) -> Tensor", &pixelis::rope);
  m.def("rope_(Tensor(a!) x, Tensor cos, Tensor sin) -> Tensor(a!)", &pixelis::rope_);
  m.def(
      "attention(Tensor q, Tensor k, Tensor v, bool causal, float? scale=None, Tensor? starts=None, Tensor? prefix_k=None, "
      "Tensor? prefix_v=None) -> Tensor",
      &pixelis::attention);
  m.def(
      "attend_rows(Tensor q, Tensor k, Tensor v, Tensor[] keys, Tensor[] values, Tensor[] prefix_keys, Tensor[] prefix_values, int[] lengths, "
      "float scale) -> Tensor",
      &pixelis::attend_rows);
  m.def("padding_starts(Tensor bias) -> Tensor", &pixelis::padding_starts);
  m.def("token_log_probs(Tensor logits, Tensor ids) -> Tensor", &pixelis::token_log_probs);
  m.def(
      "adamw_(Tensor[] params, Tensor[] grads, Tensor[] exp_avgs, Tensor[] exp_avg_sqs, int step, float lr, float beta1, float beta2, "
      "float eps, float weight_decay) -> ()",
      &pixelis::adamw_);
  m.def("cpu_kernels() -> str", []() { return std::string(pixelis::kernels().name); });
}
