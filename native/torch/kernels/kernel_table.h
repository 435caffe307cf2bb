// The hot loops, compiled once per instruction set and chosen at run time.
#pragma once
#include <cstdint>

namespace pixelis {

// Element types the hot loops know. The values index function pairs below.
enum class Element : int { f32 = 0, bf16 = 1 };

// y[m, n] = sum_k x[m, k] * w[n, k] + bias[n] for n in [n0, n1); leading dimensions in elements.
// The order of additions for one output depends on k alone: a row's result never depends on its neighbours.
struct LinearArgs {
  const void* x;
  const void* w;
  const void* bias;  // may be null
  void* y;
  int64_t ldx, ldw, ldy;
  int64_t m, n, k;
};

// Where a batch row keeps its own keys and values when every row has a store of its own.
struct OwnKeys {
  const void *k, *v;
  int64_t kh, vh, keys;
};

// One grouped-query attention: query head h reads key head h / (heads / kv_heads).
// Keys are the shared prefix (prefix_length rows, same for every batch row) followed by keys rows of the row's own.
// Strides in elements: b = batch, h = head, t = position; head elements are contiguous.
struct AttentionArgs {
  const void *q, *k, *v, *prefix_k, *prefix_v;
  int64_t qb, qh, qt, kb, kh, kt, vb, vh, vt, pkh, pkt, pvh, pvt;
  int64_t batch, heads, kv_heads, queries, keys, prefix_length, head_size;
  float scale;
  bool causal;            // query t sees keys up to prefix_length + keys - queries + t
  const int64_t* starts;  // first key of each batch row (left padding); null means 0
  const OwnKeys* own;     // one for each batch row, in the place of k, kb, kh, v, vb, vh and keys; null means those
  void* out;
  int64_t ob, oh, ot;
  float* lse;  // [batch, heads, queries] log-sum-exp for the backward pass; may be null
  // Backward only; gradients are written, strides equal those of q, k, v.
  const void* grad_out;
  int64_t gb, gh, gt;
  void *grad_q, *grad_k, *grad_v;
  int64_t gqb, gqh, gqt, gkb, gkh, gkt, gvb, gvh, gvt;
};

struct AdamWArgs {
  float lr, beta1, beta2, eps, weight_decay, correction1, correction2;
};

struct KernelTable {
  const char* name;
  void (*linear[2])(const LinearArgs&, int64_t m0, int64_t m1, int64_t n0, int64_t n1);
  // Rows of n elements. rstd (may be null) receives 1 / rms per row. The normalised value is rounded to the
  // type of x before the weight multiplies it. weight is f32, n elements.
  void (*rms_norm)(const void* x, Element x_type, int64_t ldx, const float* weight, void* y, Element y_type, int64_t ldy,
                   float* rstd, int64_t rows, int64_t n, float eps);
  void (*rms_norm_backward)(const void* x, Element x_type, const void* dy, Element dy_type, const float* weight,
                            const float* rstd, void* dx, float* dweight, int64_t rows, int64_t n);
  void (*swiglu[2])(const void* gate, const void* up, void* y, int64_t n);
  void (*swiglu_backward[2])(const void* dy, const void* gate, const void* up, void* dgate, void* dup, int64_t n);
  // One head vector of n elements: y = x * cos + roll(x, n / 2) * sin, or the transpose of that map. x may be y.
  void (*rope[2])(const void* x, void* y, const float* cos, const float* sin, int64_t n, bool transposed);
  // lse of one row of logits divided by nothing; gradient row: (onehot(target) - softmax) * scale.
  float (*log_sum_exp[2])(const void* row, int64_t n);
  void (*log_prob_backward[2])(const void* row, void* grad, int64_t n, float lse, int64_t target, float scale);
  void (*attention[2])(const AttentionArgs&, int64_t task);
  void (*attention_backward[2])(const AttentionArgs&, int64_t batch, int64_t kv_head);
  void (*adamw)(float* p, const float* g, float* m, float* v, int64_t n, const AdamWArgs&);
};

int64_t attention_tasks(const AttentionArgs& a);

// The best table for this processor; PIXELIS_CPU=base|avx2|avx512|avx512_bf16 lowers it.
const KernelTable& kernels();

extern const KernelTable table_base, table_avx2, table_avx512, table_avx512_bf16;

}  // namespace pixelis
