// Row-wise and elementwise loops.

PX_INLINE vf load_as(const void* p, Element t, int64_t i, int64_t n) {
  return t == Element::f32 ? load_n((const float*)p + i, n - i) : load_n((const bf16*)p + i, n - i);
}
PX_INLINE void store_as(void* p, Element t, int64_t i, int64_t n, vf v) {
  if (t == Element::f32) store_n((float*)p + i, v, n - i);
  else store_n((bf16*)p + i, v, n - i);
}
PX_INLINE const char* row_at(const void* p, Element t, int64_t i) { return (const char*)p + i * (t == Element::f32 ? 4 : 2); }

static void rms_norm(const void* x, Element xt, int64_t ldx, const float* weight, void* y, Element yt, int64_t ldy,
                     float* rstd, int64_t rows, int64_t n, float eps) {
  for (int64_t r = 0; r < rows; r++) {
    const void* xr = row_at(x, xt, r * ldx);
    void* yr = (void*)row_at(y, yt, r * ldy);
    vf s0{}, s1{};
    int64_t i = 0;
    for (; i + 2 * W <= n; i += 2 * W) {
      vf a = load_as(xr, xt, i, n), b = load_as(xr, xt, i + W, n);
      s0 += a * a;
      s1 += b * b;
    }
    for (; i < n; i += W) { vf a = load_as(xr, xt, i, n); s0 += a * a; }
    const float inv = 1.0f / __builtin_sqrtf(lane_sum(s0 + s1) / (float)n + eps);
    if (rstd) rstd[r] = inv;
    for (i = 0; i < n; i += W) {
      vf v = load_as(xr, xt, i, n) * inv;
      if (xt == Element::bf16) v = rounded(v, (const bf16*)nullptr);
      store_as(yr, yt, i, n, v * load_n(weight + i, n - i));
    }
  }
}

static void rms_norm_backward(const void* x, Element xt, const void* dy, Element dt, const float* weight, const float* rstd,
                              void* dx, float* dweight, int64_t rows, int64_t n) {
  for (int64_t r = 0; r < rows; r++) {
    const void *xr = row_at(x, xt, r * n), *dr = row_at(dy, dt, r * n);
    void* gr = (void*)row_at(dx, xt, r * n);
    const float inv = rstd[r];
    vf s{};
    for (int64_t i = 0; i < n; i += W) {
      vf h = load_as(xr, xt, i, n) * inv, d = load_as(dr, dt, i, n);
      store_n(dweight + i, load_n(dweight + i, n - i) + d * h, n - i);
      s += d * load_n(weight + i, n - i) * h;
    }
    const float mean = lane_sum(s) / (float)n;
    for (int64_t i = 0; i < n; i += W) {
      vf h = load_as(xr, xt, i, n) * inv, d = load_as(dr, dt, i, n) * load_n(weight + i, n - i);
      store_as(gr, xt, i, n, (d - h * mean) * inv);
    }
  }
}

// 1 / (1 + exp(-x)), safe at both ends.
PX_INLINE vf sigmoid(vf x) { return 1.0f / (1.0f + vexp(-x)); }

template <class T> static void swiglu(const void* gate, const void* up, void* y, int64_t n) {
  const T *g = (const T*)gate, *u = (const T*)up;
  for (int64_t i = 0; i < n; i += W) {
    vf a = load_n(g + i, n - i);
    store_n((T*)y + i, rounded(a * sigmoid(a), (const T*)nullptr) * load_n(u + i, n - i), n - i);
  }
}

template <class T> static void swiglu_backward(const void* dy, const void* gate, const void* up, void* dgate, void* dup, int64_t n) {
  for (int64_t i = 0; i < n; i += W) {
    vf d = load_n((const T*)dy + i, n - i), a = load_n((const T*)gate + i, n - i), u = load_n((const T*)up + i, n - i);
    vf s = sigmoid(a), silu = a * s;
    store_n((T*)dup + i, d * silu, n - i);
    store_n((T*)dgate + i, d * u * (s + silu * (1.0f - s)), n - i);
  }
}

template <class T> static void rope(const void* x, void* y, const float* cos, const float* sin, int64_t n, bool transposed) {
  const int64_t h = n / 2;
  const T *lo = (const T*)x, *hi = lo + h;
  T *ylo = (T*)y, *yhi = ylo + h;
  const float *to_lo = transposed ? sin + h : sin, *to_hi = transposed ? sin : sin + h;
  for (int64_t i = 0; i < h; i += W) {
    const int64_t c = h - i;
    vf a = load_n(lo + i, c), b = load_n(hi + i, c);
    store_n(ylo + i, a * load_n(cos + i, c) + b * load_n(to_lo + i, c), c);
    store_n(yhi + i, b * load_n(cos + h + i, c) + a * load_n(to_hi + i, c), c);
  }
}

template <class T> static float log_sum_exp(const void* row, int64_t n) {
  const T* x = (const T*)row;
  vf m = splat(-__builtin_inff());
  int64_t i = 0;
  for (; i + W <= n; i += W) m = vmax(load(x + i), m);
  float top = lane_max(m);
  for (int64_t j = i; j < n; j++) top = widen(x[j]) > top ? widen(x[j]) : top;
  if (!(top - top == 0)) return top;  // no finite entry, or an infinity or NaN: nothing to add up
  vf s0{}, s1{};
  for (i = 0; i + 2 * W <= n; i += 2 * W) { s0 += vexp(load(x + i) - top); s1 += vexp(load(x + i + W) - top); }
  for (; i + W <= n; i += W) s0 += vexp(load(x + i) - top);
  float tail = 0;
  for (; i < n; i++) tail += __builtin_expf(widen(x[i]) - top);
  return top + __builtin_logf(lane_sum(s0 + s1) + tail);
}

template <class T> static void log_prob_backward(const void* row, void* grad, int64_t n, float lse, int64_t target, float scale) {
  const T* x = (const T*)row;
  T* g = (T*)grad;
  const float at = scale * (1.0f - __builtin_expf(widen(x[target]) - lse));
  for (int64_t i = 0; i < n; i += W) store_n(g + i, vexp(load_n(x + i, n - i) - lse) * -scale, n - i);
  if constexpr (sizeof(T) == 4) g[target] = at; else g[target] = to_bf16(splat(at))[0];
}

static void adamw(float* p, const float* g, float* m, float* v, int64_t n, const AdamWArgs& a) {
  const vf one_b1 = splat(1.0f - a.beta1), one_b2 = splat(1.0f - a.beta2), decay = splat(1.0f - a.lr * a.weight_decay);
  const float step = a.lr / a.correction1, root = 1.0f / __builtin_sqrtf(a.correction2);
  for (int64_t i = 0; i < n; i += W) {
    const int64_t c = n - i;
    vf gi = load_n(g + i, c), mi = load_n(m + i, c), vi_ = load_n(v + i, c), pi = load_n(p + i, c) * decay;
    mi = mi * a.beta1 + gi * one_b1;
    vi_ = vi_ * a.beta2 + gi * gi * one_b2;
#ifdef PX_AVX512
    vf r = (vf)_mm512_sqrt_ps((__m512)vi_);
#else
    vf r;
    for (int l = 0; l < W; l++) r[l] = __builtin_sqrtf(vi_[l]);
#endif
    store_n(m + i, mi, c);
    store_n(v + i, vi_, c);
    store_n(p + i, pi - mi * step / (r * root + a.eps), c);
  }
}
