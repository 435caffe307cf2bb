// pixelis::linear: y = x w^T + b.
#include "ops.h"

#include <cstring>
#include <limits>

namespace pixelis {

// From this many rows on, oneDNN's bf16 product (AMX, or its own VDPBF16PS kernels) is as fast or faster. It needs AVX-512:
// without that ATen multiplies bf16 element by element, and ours is used for any number of rows.
static int64_t onednn_rows() { return std::strncmp(kernels().name, "avx512", 6) == 0 ? 48 : std::numeric_limits<int64_t>::max(); }

static void run(const LinearArgs& a, int type) {
  const auto kernel = kernels().linear[type];
  const int64_t threads = at::get_num_threads(), unit = 48;
  // Enough pieces for every thread; many rows with few outputs are cut along the rows as well.
  const int64_t n_pieces = std::min<int64_t>((a.n + unit - 1) / unit, a.m >= 64 ? std::max<int64_t>(threads, (a.n + 191) / 192) : threads);
  const int64_t n_step = ((a.n + n_pieces - 1) / n_pieces + unit - 1) / unit * unit;
  const int64_t cols = (a.n + n_step - 1) / n_step;
  const int64_t m_pieces = cols >= threads ? 1 : std::max<int64_t>(1, std::min<int64_t>(threads / cols, a.m / 32));
  const int64_t m_step = ((a.m + m_pieces - 1) / m_pieces + 3) / 4 * 4;
  const int64_t work = a.m * a.n * a.k;
  at::parallel_for(0, cols * m_pieces, work < 65536 ? cols * m_pieces : 1, [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
      const int64_t n0 = i % cols * n_step, m0 = i / cols * m_step;
      kernel(a, std::min(m0, a.m), std::min(m0 + m_step, a.m), n0, std::min(n0 + n_step, a.n));
    }
  });
}

Tensor linear(const Tensor& x, const Tensor& weight, const OptTensor& bias) {
  if (linear_with_gradients_applies(x, weight, bias)) return linear_with_gradients(x, weight, bias);
  const bool plain = fused(x) && weight.device().is_cpu() && weight.scalar_type() == x.scalar_type() && weight.dim() == 2 &&
                     weight.stride(1) == 1 && weight.stride(0) >= weight.size(1) && x.dim() > 0 && x.size(-1) == weight.size(1) && x.numel() > 0 &&
                     (!bias.has_value() || (bias->scalar_type() == x.scalar_type() && bias->is_contiguous())) &&
                     !needs_grad(x) && !needs_grad(weight) && !needs_grad(bias) && !autocast_on();
  const int64_t rows = x.dim() > 0 && x.size(-1) > 0 ? x.numel() / x.size(-1) : 0;
  if (!plain || (x.scalar_type() == at::kBFloat16 && rows >= onednn_rows()))
    return at::linear(x, weight, bias);
  const Tensor in = x.is_contiguous() ? x : x.contiguous();
  auto shape = x.sizes().vec();
  shape.back() = weight.size(0);
  Tensor out = at::empty(shape, x.options());
  LinearArgs a{in.data_ptr(), weight.data_ptr(), bias.has_value() ? bias->data_ptr() : nullptr, out.data_ptr(),
               in.size(-1), weight.stride(0), weight.size(0), rows, weight.size(0), weight.size(1)};
  run(a, code(x));
  return out;
}

}  // namespace pixelis
