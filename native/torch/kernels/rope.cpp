// pixelis::rope: rotary position embedding (Su et al. 2021) in the rotate-half layout: pairs i with i + d / 2.
// x is [B, heads, T, d]; cos and sin are [1 or B, 1, T, d], the first half of sin negated already, so that the rotation is
// x * cos + roll(x, d / 2) * sin.
#include "ops.h"

namespace pixelis {

static Tensor composed(const Tensor& x, const Tensor& cos, const Tensor& sin) {
  return x * cos.to(x.scalar_type()) + x.roll(x.size(-1) / 2, -1) * sin.to(x.scalar_type());
}

static bool applies(const Tensor& x, const Tensor& cos, const Tensor& sin) {
  return fused(x) && fused(cos) && fused(sin) && x.dim() == 4 && x.size(3) % 2 == 0 && x.stride(3) == 1 && x.numel() > 0 && cos.dim() == 4 &&
         (cos.size(0) == 1 || cos.size(0) == x.size(0)) && cos.size(1) == 1 && cos.size(2) == x.size(2) && cos.size(3) == x.size(3) &&
         cos.sizes() == sin.sizes();
}

// Reads x, writes y; both may be the same memory. The head stride and position stride are each tensor's own.
static void rotate(const Tensor& x, const Tensor& y, const Tensor& cos, const Tensor& sin, bool transposed) {
  const Tensor c = cos.to(at::kFloat).contiguous(), s = sin.to(at::kFloat).contiguous();
  const int64_t heads = x.size(1), length = x.size(2), d = x.size(3), size = x.element_size();
  const int64_t per_batch = c.size(0) > 1 ? length * d : 0;
  const auto kernel = kernels().rope[code(x)];
  const char* from = static_cast<const char*>(x.data_ptr());
  char* to = static_cast<char*>(y.data_ptr());
  at::parallel_for(0, x.size(0) * length, grain(heads * d), [&](int64_t i0, int64_t i1) {
    for (int64_t i = i0; i < i1; i++) {
      const int64_t b = i / length, t = i % length;
      const float *ct = c.data_ptr<float>() + b * per_batch + t * d, *st = s.data_ptr<float>() + b * per_batch + t * d;
      for (int64_t h = 0; h < heads; h++)
        kernel(from + (b * x.stride(0) + h * x.stride(1) + t * x.stride(2)) * size,
               to + (b * y.stride(0) + h * y.stride(1) + t * y.stride(2)) * size, ct, st, d, transposed);
    }
  });
}

// [B, heads, T, d] over memory of [B, T, heads, d]: what the attention reads and linear layers write.
static Tensor like_projection(const Tensor& x) { return at::empty({x.size(0), x.size(2), x.size(1), x.size(3)}, x.options()).transpose(1, 2); }

struct Rope : torch::autograd::Function<Rope> {
  static Tensor forward(torch::autograd::AutogradContext* ctx, const Tensor& x, const Tensor& cos, const Tensor& sin) {
    at::NoGradGuard guard;
    ctx->save_for_backward({cos, sin});
    Tensor y = like_projection(x);
    rotate(x, y, cos, sin, false);
    return y;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor dy = grads[0].stride(3) == 1 ? grads[0] : grads[0].contiguous();
    Tensor dx = like_projection(dy);
    rotate(dy, dx, saved[0], saved[1], true);
    return {dx, Tensor(), Tensor()};
  }
};

Tensor rope(const Tensor& x, const Tensor& cos, const Tensor& sin) {
  if (!applies(x, cos, sin)) return composed(x, cos, sin);
  if (needs_grad(x)) return Rope::apply(x, cos, sin);
  Tensor y = like_projection(x);
  rotate(x, y, cos, sin, false);
  return y;
}

Tensor& rope_(Tensor& x, const Tensor& cos, const Tensor& sin) {
  if (!applies(x, cos, sin) || needs_grad(x)) return x.copy_(composed(x, cos, sin));
  rotate(x, x, cos, sin, false);
  return x;
}

}  // namespace pixelis
