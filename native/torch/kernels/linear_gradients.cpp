// A linear layer in float32 whose gradients are asked for: three matrix products, by oneDNN's sgemm where libtorch brings it
// (here about 6 % faster than OpenBLAS's best), otherwise by ATen.
#include "ops.h"

// oneDNN's C interface, row-major. Weak: null where libtorch hides or lacks it.
extern "C" __attribute__((weak)) int dnnl_sgemm(char transa, char transb, int64_t m, int64_t n, int64_t k, float alpha, const float* a, int64_t lda,
                                                const float* b, int64_t ldb, float beta, float* c, int64_t ldc);

namespace pixelis {

// Fewer rows than this leave the time to the packing of the weights.
static constexpr int64_t kFewestRows = 16;

// c [m, n] = a b + beta c; a is [m, k], or [k, m] with 'T'; b is [k, n], or [n, k] with 'T'. All contiguous.
static void product(char ta, char tb, const Tensor& a, const Tensor& b, Tensor& c, float beta) {
  const int64_t m = c.size(0), n = c.size(1), k = ta == 'N' ? a.size(1) : a.size(0);
  const int status = dnnl_sgemm(ta, tb, m, n, k, 1.0f, a.data_ptr<float>(), a.size(1), b.data_ptr<float>(), b.size(1), beta, c.data_ptr<float>(), n);
  TORCH_CHECK(status == 0, "pixelis::linear: oneDNN's sgemm refused a product of ", m, " x ", k, " x ", n, " (status ", status, ")");
}

struct LinearWithGradients : torch::autograd::Function<LinearWithGradients> {
  static Tensor forward(torch::autograd::AutogradContext* ctx, const Tensor& x, const Tensor& weight, const OptTensor& bias) {
    at::NoGradGuard guard;
    ctx->save_for_backward({x, weight});
    auto shape = x.sizes().vec();
    shape.back() = weight.size(0);
    const bool biased = bias.has_value() && bias->defined();
    Tensor y = biased ? bias->expand(shape).contiguous() : at::empty(shape, x.options());
    ctx->saved_data["biased"] = biased;
    Tensor rows = y.view({-1, weight.size(0)});
    product('N', 'T', x.view({-1, weight.size(1)}), weight, rows, biased ? 1.0f : 0.0f);
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &x = saved[0], &weight = saved[1], dy = grads[0].contiguous();
    const Tensor dy_rows = dy.view({-1, weight.size(0)}), x_rows = x.view({-1, weight.size(1)});
    // A gradient of this gradient: ATen's operators are differentiable, the products below are not.
    const bool again = at::GradMode::is_enabled();
    Tensor dx, dw, db;
    if (ctx->needs_input_grad(0)) {
      dx = again ? dy_rows.mm(weight).view(x.sizes()) : at::empty(x.sizes(), x.options());
      Tensor rows = dx.view(x_rows.sizes());
      if (!again) product('N', 'N', dy_rows, weight, rows, 0.0f);
    }
    if (ctx->needs_input_grad(1)) {
      dw = again ? dy_rows.t().mm(x_rows) : at::empty(weight.sizes(), weight.options());
      if (!again) product('T', 'N', dy_rows, x_rows, dw, 0.0f);
    }
    if (ctx->saved_data["biased"].toBool() && ctx->needs_input_grad(2)) db = dy_rows.sum(0);
    return {dx, dw, db};
  }
};

bool linear_with_gradients_applies(const Tensor& x, const Tensor& weight, const OptTensor& bias) {
  const bool floats = x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat && (!bias.has_value() || bias->scalar_type() == at::kFloat);
  return dnnl_sgemm != nullptr && floats && fused(x) && fused(weight) && weight.dim() == 2 && weight.is_contiguous() && x.dim() > 0 &&
         x.size(-1) == weight.size(1) && x.numel() >= kFewestRows * weight.size(1) && weight.numel() > 0 && !autocast_on() &&
         (!bias.has_value() || (bias->dim() == 1 && bias->size(0) == weight.size(0))) && (needs_grad(x) || needs_grad(weight) || needs_grad(bias));
}

Tensor linear_with_gradients(const Tensor& x, const Tensor& weight, const OptTensor& bias) { return LinearWithGradients::apply(x.contiguous(), weight, bias); }

}  // namespace pixelis
