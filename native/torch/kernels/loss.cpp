// pixelis::token_log_probs: log softmax(logits)[id] per row, without a second tensor of the logits' size in the forward pass.
// logits [..., V], ids [...] (negative ids are ignored and give 0), result f32 [...].
#include "ops.h"

namespace pixelis {

static Tensor composed(const Tensor& logits, const Tensor& ids) {
  const Tensor keep = ids >= 0;
  const Tensor picked = at::log_softmax(logits.to(at::kFloat), -1).gather(-1, ids.clamp_min(0).unsqueeze(-1)).squeeze(-1);
  return at::where(keep, picked, at::zeros_like(picked));
}

static Tensor forward(const Tensor& logits, const Tensor& ids, const Tensor& lse) {
  const int64_t v = logits.size(-1), rows = ids.numel(), size = logits.element_size();
  Tensor out = at::empty(ids.sizes(), logits.options().dtype(at::kFloat));
  const auto kernel = kernels().log_sum_exp[code(logits)];
  const int64_t* id = ids.data_ptr<int64_t>();
  const char* data = static_cast<const char*>(logits.data_ptr());
  float *to = out.data_ptr<float>(), *sums = lse.data_ptr<float>();
  at::parallel_for(0, rows, grain(v * 4), [&](int64_t a, int64_t b) {
    for (int64_t r = a; r < b; r++) {
      const char* row = data + r * v * size;
      if (id[r] < 0) { to[r] = 0; sums[r] = 0; continue; }
      TORCH_CHECK_INDEX(id[r] < v, "pixelis::token_log_probs: id ", id[r], " is not below ", v);
      sums[r] = kernel(row, v);
      const float x = size == 4 ? reinterpret_cast<const float*>(row)[id[r]] : static_cast<float>(reinterpret_cast<const at::BFloat16*>(row)[id[r]]);
      to[r] = x - sums[r];
    }
  });
  return out;
}

struct TokenLogProbs : torch::autograd::Function<TokenLogProbs> {
  static Tensor forward(torch::autograd::AutogradContext* ctx, const Tensor& logits, const Tensor& ids) {
    at::NoGradGuard guard;
    Tensor lse = at::empty(ids.sizes(), logits.options().dtype(at::kFloat));
    Tensor out = pixelis::forward(logits, ids, lse);
    ctx->save_for_backward({logits, ids, lse});
    return out;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &logits = saved[0], &ids = saved[1], &lse = saved[2], dy = grads[0].to(at::kFloat).contiguous();
    Tensor dx = at::empty(logits.sizes(), logits.options());
    const int64_t v = logits.size(-1), size = logits.element_size();
    const auto kernel = kernels().log_prob_backward[code(logits)];
    const char* data = static_cast<const char*>(logits.data_ptr());
    char* to = static_cast<char*>(dx.data_ptr());
    at::parallel_for(0, ids.numel(), grain(v * 4), [&](int64_t a, int64_t b) {
      for (int64_t r = a; r < b; r++) {
        const int64_t id = ids.data_ptr<int64_t>()[r];
        const float scale = dy.data_ptr<float>()[r];
        if (id < 0 || scale == 0.0f) std::memset(to + r * v * size, 0, v * size);
        else kernel(data + r * v * size, to + r * v * size, v, lse.data_ptr<float>()[r], id, scale);
      }
    });
    return {dx, Tensor()};
  }
};

Tensor token_log_probs(const Tensor& logits, const Tensor& ids) {
  TORCH_CHECK(logits.dim() == ids.dim() + 1 && logits.sizes().slice(0, ids.dim()) == ids.sizes(), "pixelis::token_log_probs: logits ", logits.sizes(), " and ids ", ids.sizes(), " do not fit");
  TORCH_CHECK(ids.scalar_type() == at::kLong, "pixelis::token_log_probs: ids must be int64");
  if (!fused(logits) || logits.numel() == 0) return composed(logits, ids);
  const Tensor in = logits.contiguous(), at_id = ids.contiguous();
  if (needs_grad(logits)) return TokenLogProbs::apply(in, at_id);
  return forward(in, at_id, at::empty(ids.sizes(), logits.options().dtype(at::kFloat)));
}

}  // namespace pixelis
