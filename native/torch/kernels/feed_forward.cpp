// pixelis::swiglu: silu(gate) * up (Shazeer 2020), silu rounded to the type as two separate operators would.
#include "ops.h"

namespace pixelis {

static constexpr int64_t PIECE = 8192;

template <class F> static void pieces(int64_t n, int64_t size, F f) {
  at::parallel_for(0, (n + PIECE - 1) / PIECE, 4, [&](int64_t a, int64_t b) {
    const int64_t from = a * PIECE, to = std::min(b * PIECE, n);
    f(from * size, to - from);
  });
}
static char* at_byte(const Tensor& t, int64_t offset) { return static_cast<char*>(t.data_ptr()) + offset; }

static Tensor forward(const Tensor& gate, const Tensor& up) {
  Tensor y = at::empty(gate.sizes(), gate.options());
  pieces(y.numel(), y.element_size(), [&](int64_t o, int64_t n) { kernels().swiglu[code(y)](at_byte(gate, o), at_byte(up, o), at_byte(y, o), n); });
  return y;
}

struct SwiGlu : torch::autograd::Function<SwiGlu> {
  static Tensor forward(torch::autograd::AutogradContext* ctx, const Tensor& gate, const Tensor& up) {
    at::NoGradGuard guard;
    ctx->save_for_backward({gate, up});
    return pixelis::forward(gate, up);
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &gate = saved[0], &up = saved[1], dy = grads[0].to(gate.scalar_type()).contiguous();
    Tensor dgate = at::empty(gate.sizes(), gate.options()), dup = at::empty(up.sizes(), up.options());
    pieces(dy.numel(), dy.element_size(), [&](int64_t o, int64_t n) {
      kernels().swiglu_backward[code(gate)](at_byte(dy, o), at_byte(gate, o), at_byte(up, o), at_byte(dgate, o), at_byte(dup, o), n);
    });
    return {dgate, dup};
  }
};

Tensor swiglu(const Tensor& gate, const Tensor& up) {
  if (!fused(gate) || !fused(up) || gate.scalar_type() != up.scalar_type() || gate.sizes() != up.sizes()) return at::silu(gate) * up;
  const Tensor g = gate.contiguous(), u = up.contiguous();
  return needs_grad(gate) || needs_grad(up) ? SwiGlu::apply(g, u) : forward(g, u);
}

}  // namespace pixelis
