// pixelis::adamw_: one AdamW step (Loshchilov & Hutter 2019) over a list of tensors, one pass over memory each.
#include "ops.h"

#include <cmath>

namespace pixelis {

static void composed(Tensor p, const Tensor& g, Tensor m, Tensor v, const AdamWArgs& a) {
  p.mul_(1.0 - static_cast<double>(a.lr) * a.weight_decay);
  m.mul_(a.beta1).add_(g, 1.0 - a.beta1);
  v.mul_(a.beta2).addcmul_(g, g, 1.0 - a.beta2);
  p.addcdiv_(m, (v.sqrt() / std::sqrt(a.correction2)).add_(a.eps), -static_cast<double>(a.lr) / a.correction1);
}

void adamw_(at::TensorList params, at::TensorList grads, at::TensorList exp_avgs, at::TensorList exp_avg_sqs, int64_t step, double lr,
            double beta1, double beta2, double eps, double weight_decay) {
  TORCH_CHECK(params.size() == grads.size() && params.size() == exp_avgs.size() && params.size() == exp_avg_sqs.size(),
              "pixelis::adamw_: the lists differ in length");
  TORCH_CHECK(step >= 1, "pixelis::adamw_: step counts from 1");
  at::NoGradGuard guard;
  const AdamWArgs a{static_cast<float>(lr), static_cast<float>(beta1), static_cast<float>(beta2), static_cast<float>(eps), static_cast<float>(weight_decay),
                    static_cast<float>(1.0 - std::pow(beta1, step)), static_cast<float>(1.0 - std::pow(beta2, step))};
  for (size_t i = 0; i < params.size(); i++) {
    const Tensor &p = params[i], &m = exp_avgs[i], &v = exp_avg_sqs[i], &g = grads[i];
    TORCH_CHECK(p.sizes() == g.sizes() && p.sizes() == m.sizes() && p.sizes() == v.sizes(), "pixelis::adamw_: shapes differ at entry ", i);
    const auto ready = [](const Tensor& t) { return t.device().is_cpu() && t.scalar_type() == at::kFloat && t.is_contiguous(); };
    const Tensor gc = ready(g) ? g : g.to(p.scalar_type()).contiguous();
    if (!ready(p) || !ready(m) || !ready(v) || !ready(gc)) { composed(p, g, m, v, a); continue; }
    float *pp = p.data_ptr<float>(), *mm = m.data_ptr<float>(), *vv = v.data_ptr<float>();
    const float* gg = gc.data_ptr<float>();
    at::parallel_for(0, p.numel(), 65536, [&](int64_t from, int64_t to) {
      kernels().adamw(pp + from, gg + from, mm + from, vv + from, to - from, a);
    });
  }
}

}  // namespace pixelis
