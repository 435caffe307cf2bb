// pixelis::rms_norm: w * (x / sqrt(mean(x^2) + eps)), the quotient rounded to the type of x (Zhang & Sennrich 2019).
#include "ops.h"

namespace pixelis {

static Tensor composed(const Tensor& x, const Tensor& weight, double eps) {
  Tensor y = x.to(at::kFloat);
  y = y * at::rsqrt(y.pow(2).mean(-1, true) + eps);
  return weight * y.to(x.scalar_type());
}

static Tensor forward(const Tensor& x, const Tensor& weight, double eps, at::ScalarType out_type, float* rstd) {
  const Tensor w = weight.to(at::kFloat).contiguous();
  const int64_t n = x.size(-1), rows = x.numel() / n;
  Tensor y = at::empty(x.sizes(), x.options().dtype(out_type));
  const Element xt = element(x), yt = element(y);
  const char* from = static_cast<const char*>(x.data_ptr());
  char* to = static_cast<char*>(y.data_ptr());
  at::parallel_for(0, rows, grain(n), [&](int64_t a, int64_t b) {
    kernels().rms_norm(from + a * n * x.element_size(), xt, n, w.data_ptr<float>(), to + a * n * y.element_size(), yt, n,
                       rstd ? rstd + a : nullptr, b - a, n, static_cast<float>(eps));
  });
  return y;
}

struct RmsNorm : torch::autograd::Function<RmsNorm> {
  static Tensor forward(torch::autograd::AutogradContext* ctx, const Tensor& x, const Tensor& weight, double eps, int64_t out_type) {
    at::NoGradGuard guard;
    Tensor rstd = at::empty({x.numel() / x.size(-1)}, x.options().dtype(at::kFloat));
    Tensor y = pixelis::forward(x, weight, eps, static_cast<at::ScalarType>(out_type), rstd.data_ptr<float>());
    ctx->save_for_backward({x, weight, rstd});
    return y;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &x = saved[0], &weight = saved[1], &rstd = saved[2];
    const Tensor dy = grads[0].contiguous(), w = weight.to(at::kFloat).contiguous();
    const int64_t n = x.size(-1), rows = x.numel() / n, threads = at::get_num_threads();
    Tensor dx = at::empty(x.sizes(), x.options()), dw = at::zeros({threads, n}, w.options());
    const int64_t step = (rows + threads - 1) / threads;  // fixed pieces: the sum over rows has one order per thread count
    at::parallel_for(0, threads, 1, [&](int64_t a, int64_t b) {
      for (int64_t i = a; i < b; i++) {
        const int64_t r0 = std::min(i * step, rows), r1 = std::min(r0 + step, rows);
        kernels().rms_norm_backward(static_cast<const char*>(x.data_ptr()) + r0 * n * x.element_size(), element(x),
                                    static_cast<const char*>(dy.data_ptr()) + r0 * n * dy.element_size(), element(dy), w.data_ptr<float>(),
                                    rstd.data_ptr<float>() + r0, static_cast<char*>(dx.data_ptr()) + r0 * n * x.element_size(),
                                    dw.data_ptr<float>() + i * n, r1 - r0, n);
      }
    });
    return {dx, dw.sum(0).to(weight.scalar_type()), Tensor(), Tensor()};
  }
};

Tensor rms_norm(const Tensor& x, const Tensor& weight, double eps) {
  const bool cast = autocast_bf16(x);
  if (!fused(x) || !fused(weight) || weight.dim() != 1 || x.dim() < 1 || x.numel() == 0 || weight.size(0) != x.size(-1) ||
      (!cast && weight.scalar_type() != x.scalar_type()))
    return composed(x, weight, eps);
  // Under autocast a linear layer follows and would round to bf16 anyway: round here once and keep the memory traffic down.
  const at::ScalarType out_type = cast ? at::kBFloat16 : x.scalar_type();
  const Tensor in = x.contiguous();
  if (needs_grad(x) || needs_grad(weight)) return RmsNorm::apply(in, weight, eps, static_cast<int64_t>(out_type));
  return forward(in, weight, eps, out_type, nullptr);
}

}  // namespace pixelis
