// Blocked attention: keys pass in blocks of KEYS, scores live in a small tile, nothing of size queries x keys exists.
// All arithmetic is f32. Blocks start at a row's first key, so a result does not depend on padding or neighbours.
constexpr int64_t KEYS = 64;

// C[MR][NV * 16] (+)= A[MR][k] * B[k][NV * 16]; A is read by strides, so a transpose costs nothing.
template <int MR, int NV>
PX_INLINE void outer_tile(float* c, int64_t ldc, const float* a, int64_t ai, int64_t ak, const float* b, int64_t ldb, int64_t k, bool add) {
  vf acc[MR][NV];
  PX_UNROLL for (int i = 0; i < MR; i++) PX_UNROLL for (int j = 0; j < NV; j++) acc[i][j] = add ? load(c + i * ldc + W * j) : vf{};
  for (int64_t s = 0; s < k; s++) {
    vf bv[NV];
    PX_UNROLL for (int j = 0; j < NV; j++) bv[j] = load(b + s * ldb + W * j);
    PX_UNROLL for (int i = 0; i < MR; i++) {
      vf av = splat(a[i * ai + s * ak]);
      PX_UNROLL for (int j = 0; j < NV; j++) acc[i][j] += av * bv[j];
    }
  }
  PX_UNROLL for (int i = 0; i < MR; i++) PX_UNROLL for (int j = 0; j < NV; j++) store(c + i * ldc + W * j, acc[i][j]);
}
template <int NV>
static void outer_columns(float* c, int64_t ldc, const float* a, int64_t ai, int64_t ak, const float* b, int64_t ldb, int64_t m, int64_t k, bool add) {
  int64_t i = 0;
  for (; i + PX_OR <= m; i += PX_OR) outer_tile<PX_OR, NV>(c + i * ldc, ldc, a + i * ai, ai, ak, b, ldb, k, add);
  for (; i + 2 <= m; i += 2) outer_tile<2, NV>(c + i * ldc, ldc, a + i * ai, ai, ak, b, ldb, k, add);
  for (; i < m; i++) outer_tile<1, NV>(c + i * ldc, ldc, a + i * ai, ai, ak, b, ldb, k, add);
}
// C[m][n] (+)= A[m][k] * B[k][n], n a multiple of sixteen.
static void outer(float* c, int64_t ldc, const float* a, int64_t ai, int64_t ak, const float* b, int64_t ldb, int64_t m, int64_t n, int64_t k, bool add) {
  int64_t j = 0;
  for (; j + W * PX_OV <= n; j += W * PX_OV) outer_columns<PX_OV>(c + j, ldc, a, ai, ak, b + j, ldb, m, k, add);
  for (; j < n; j += W) outer_columns<1>(c + j, ldc, a, ai, ak, b + j, ldb, m, k, add);
}

// rows x d elements of src as f32 rows of dp, zero padded, times scale; rows in [rows, all) are zeros.
template <class T> static void widen_rows(const T* src, int64_t stride, int64_t rows, int64_t all, int64_t d, int64_t dp, float scale, float* dst) {
  for (int64_t r = 0; r < all; r++, dst += dp)
    for (int64_t i = 0; i < dp; i += W) store(dst + i, r < rows && i < d ? load_n(src + r * stride + i, d - i) * scale : vf{});
}
// dst[dp][KEYS] = transpose of src[KEYS][dp].
static void transpose_block(const float* src, int64_t dp, float* dst) {
  for (int64_t r = 0; r < KEYS; r += W)
    for (int64_t c = 0; c < dp; c += W) {
      vf t[16];
      for (int i = 0; i < 16; i++) t[i] = load(src + (r + i) * dp + c);
      transpose16(t, dst + c * KEYS + r, KEYS);
    }
}
// Keys (or values) [j, j + n) of the logical sequence prefix + own, widened into block[KEYS][dp].
template <class T>
static void gather_block(const void* prefix, int64_t pstride, int64_t plen, const void* own, int64_t stride, int64_t j, int64_t n, int64_t d, int64_t dp, float* block) {
  int64_t from_prefix = j < plen ? (plen - j < n ? plen - j : n) : 0;
  if (from_prefix) widen_rows((const T*)prefix + j * pstride, pstride, from_prefix, from_prefix, d, dp, 1.0f, block);
  const int64_t rest = n - from_prefix;
  widen_rows((const T*)own + (j + from_prefix - plen) * stride, stride, rest, KEYS - from_prefix, d, dp, 1.0f, block + from_prefix * dp);
}

struct Tile {  // the state of `rows` query rows while key blocks pass
  float *q, *scores, *out, *top, *sum, *kt, *block;
  int64_t dp;
};

// Scores of rows against the block in kt, then the running softmax and the weighted values.
// limit(r) = number of keys of this block that row r may see.
template <class L> PX_INLINE void absorb(const Tile& t, int64_t r0, int64_t rows, const float* values, L limit) {
  outer(t.scores, KEYS, t.q + r0 * t.dp, t.dp, 1, t.kt, KEYS, rows, KEYS, t.dp, false);
  const float none = -__builtin_inff();
  vf lane;
  for (int l = 0; l < W; l++) lane[l] = (float)l;
  for (int64_t i = 0; i < rows; i++) {
    const int64_t r = r0 + i, see = limit(i);
    float* s = t.scores + i * KEYS;
    if (see <= 0) { for (int64_t j = 0; j < KEYS; j += W) store(s + j, vf{}); continue; }
    vf v[KEYS / W], m = splat(t.top[r]);
    PX_UNROLL for (int j = 0; j < KEYS / W; j++) {
      v[j] = load(s + W * j);
      if (see < KEYS) v[j] = lane + (float)(W * j) < (float)see ? v[j] : splat(none);
      m = vmax(v[j], m);
    }
    const float top = lane_max(m), fix = t.top[r] == none ? 0.0f : vexp(splat(t.top[r] - top))[0];
    vf add{};
    PX_UNROLL for (int j = 0; j < KEYS / W; j++) { v[j] = vexp(v[j] - top); add += v[j]; store(s + W * j, v[j]); }
    t.sum[r] = t.sum[r] * fix + lane_sum(add);
    t.top[r] = top;
    if (fix != 1.0f) for (int64_t c = 0; c < t.dp; c += W) store(t.out + r * t.dp + c, load(t.out + r * t.dp + c) * fix);
  }
  outer(t.out + r0 * t.dp, t.dp, t.scores, KEYS, 1, values, t.dp, rows, t.dp, KEYS, true);
}

// A task: one key head, a range of query positions, and either one batch row or (with a prefix) several.
template <class T> static void attention(const AttentionArgs& a, int64_t task) {
  const int64_t group = a.heads / a.kv_heads, d = a.head_size, dp = (d + W - 1) / W * W;
  const TaskShape shape = task_shape(a);
  const int64_t kvh = task % a.kv_heads, qb = task / a.kv_heads % shape.query_blocks, bb = task / a.kv_heads / shape.query_blocks;
  const int64_t b0 = bb * shape.batch_step, b1 = b0 + shape.batch_step < a.batch ? b0 + shape.batch_step : a.batch;
  const int64_t t0 = qb * shape.query_step, t1 = t0 + shape.query_step < a.queries ? t0 + shape.query_step : a.queries;
  const int64_t nt = t1 - t0, per = nt * group, rows = (b1 - b0) * per;
  float* mem = (float*)aligned_scratch(2, (rows * (2 * dp + KEYS + 2) + 3 * KEYS * dp) * sizeof(float) + 256);
  Tile t;
  t.dp = dp;
  t.q = mem; t.out = t.q + rows * dp; t.scores = t.out + rows * dp; t.kt = t.scores + rows * KEYS; t.block = t.kt + KEYS * dp;
  float* values = t.block + KEYS * dp;
  t.top = values + KEYS * dp; t.sum = t.top + rows;
  for (int64_t b = b0, r = 0; b < b1; b++)
    for (int64_t g = 0; g < group; g++, r += nt)
      widen_rows((const T*)a.q + b * a.qb + (kvh * group + g) * a.qh + t0 * a.qt, a.qt, nt, nt, d, dp, a.scale, t.q + r * dp);
  for (int64_t i = 0; i < rows * dp; i += W) store(t.out + i, vf{});
  for (int64_t i = 0; i < rows; i++) { t.top[i] = -__builtin_inff(); t.sum[i] = 0; }

  const T* pk = (const T*)a.prefix_k + kvh * a.pkh;
  const T* pv = (const T*)a.prefix_v + kvh * a.pvh;
  // Whole blocks of the shared prefix are read once for every row of the task.
  const int64_t shared = b1 - b0 > 1 || a.prefix_length > 0 ? a.prefix_length / KEYS * KEYS : 0;
  for (int64_t j = 0; j < shared; j += KEYS) {
    widen_rows(pk + j * a.pkt, a.pkt, KEYS, KEYS, d, dp, 1.0f, t.block);
    transpose_block(t.block, dp, t.kt);
    widen_rows(pv + j * a.pvt, a.pvt, KEYS, KEYS, d, dp, 1.0f, values);
    absorb(t, 0, rows, values, [&](int64_t) { return KEYS; });
  }
  for (int64_t b = b0; b < b1; b++) {
    const OwnKeys own = a.own ? a.own[b] : OwnKeys{(const T*)a.k + b * a.kb, (const T*)a.v + b * a.vb, a.kh, a.vh, a.keys};
    const int64_t first = shared ? shared : (a.starts ? a.starts[b] : 0), r0 = (b - b0) * per, all = a.prefix_length + own.keys;
    const int64_t end = a.causal ? all - a.queries + t1 : all;
    const T *k = (const T*)own.k + kvh * own.kh, *v = (const T*)own.v + kvh * own.vh;
    for (int64_t j = first; j < end; j += KEYS) {
      const int64_t n = end - j < KEYS ? end - j : KEYS;
      gather_block<T>(pk, a.pkt, a.prefix_length, k, a.kt, j, n, d, dp, t.block);
      transpose_block(t.block, dp, t.kt);
      gather_block<T>(pv, a.pvt, a.prefix_length, v, a.vt, j, n, d, dp, values);
      absorb(t, r0, per, values, [&](int64_t i) {
        const int64_t seen = a.causal ? all - a.queries + t0 + i % nt + 1 - j : n;
        return seen < n ? seen : n;
      });
    }
    for (int64_t g = 0; g < group; g++)
      for (int64_t i = 0; i < nt; i++) {
        const int64_t r = r0 + g * nt + i, h = kvh * group + g;
        const float inv = t.sum[r] > 0 ? 1.0f / t.sum[r] : 0.0f;
        T* o = (T*)a.out + b * a.ob + h * a.oh + (t0 + i) * a.ot;
        for (int64_t c = 0; c < d; c += W) store_n(o + c, load(t.out + r * dp + c) * inv, d - c);
        if (a.lse) a.lse[(b * a.heads + h) * a.queries + t0 + i] = t.sum[r] > 0 ? t.top[r] + __builtin_logf(t.sum[r]) : __builtin_inff();
      }
  }
}

// Gradients of one batch row and key head (no prefix): scores are computed again from lse.
template <class T> static void attention_backward(const AttentionArgs& a, int64_t b, int64_t kvh) {
  constexpr int64_t QB = 64;
  const int64_t group = a.heads / a.kv_heads, d = a.head_size, dp = (d + W - 1) / W * W, n = a.queries, s = a.keys;
  const int64_t qrows = group * n;
  float* mem = (float*)aligned_scratch(2, (3 * qrows * dp + qrows + 6 * KEYS * dp + 2 * QB * KEYS) * sizeof(float) + 256);
  float *q = mem, *go = q + qrows * dp, *gq = go + qrows * dp, *k = gq + qrows * dp, *kt = k + KEYS * dp, *v = kt + KEYS * dp,
        *vt = v + KEYS * dp, *gk = vt + KEYS * dp, *gv = gk + KEYS * dp, *p = gv + KEYS * dp, *gs = p + QB * KEYS, *delta = gs + QB * KEYS;
  for (int64_t g = 0; g < group; g++) {
    const int64_t h = kvh * group + g;
    widen_rows((const T*)a.q + b * a.qb + h * a.qh, a.qt, n, n, d, dp, a.scale, q + g * n * dp);
    widen_rows((const T*)a.grad_out + b * a.gb + h * a.gh, a.gt, n, n, d, dp, 1.0f, go + g * n * dp);
    for (int64_t i = 0; i < n; i++) {  // delta = sum(grad_out * out)
      const T* o = (const T*)a.out + b * a.ob + h * a.oh + i * a.ot;
      vf sum{};
      for (int64_t c = 0; c < d; c += W) sum += load_n(o + c, d - c) * load(go + (g * n + i) * dp + c);
      delta[g * n + i] = lane_sum(sum);
    }
  }
  for (int64_t i = 0; i < qrows * dp; i += W) store(gq + i, vf{});
  const int64_t first = a.starts ? a.starts[b] : 0;
  vf lane;
  for (int l = 0; l < W; l++) lane[l] = (float)l;
  for (int64_t j = 0; j < s; j += KEYS) {
    const int64_t nk = s - j < KEYS ? s - j : KEYS;
    widen_rows((const T*)a.k + b * a.kb + kvh * a.kh + j * a.kt, a.kt, nk, KEYS, d, dp, 1.0f, k);
    widen_rows((const T*)a.v + b * a.vb + kvh * a.vh + j * a.vt, a.vt, nk, KEYS, d, dp, 1.0f, v);
    transpose_block(k, dp, kt);
    transpose_block(v, dp, vt);
    for (int64_t i = 0; i < KEYS * dp; i += W) { store(gk + i, vf{}); store(gv + i, vf{}); }
    for (int64_t g = 0; g < group; g++)
      for (int64_t t0 = 0; t0 < n; t0 += QB) {
        const int64_t m = n - t0 < QB ? n - t0 : QB, base = g * n + t0;
        if (a.causal && s - n + t0 + m - 1 < j) continue;  // no query of this block sees the keys
        outer(p, KEYS, q + base * dp, dp, 1, kt, KEYS, m, KEYS, dp, false);
        outer(gs, KEYS, go + base * dp, dp, 1, vt, KEYS, m, KEYS, dp, false);
        const float* lse = a.lse + (b * a.heads + kvh * group + g) * n + t0;
        for (int64_t i = 0; i < m; i++) {
          int64_t see = a.causal ? s - n + t0 + i + 1 - j : nk;
          see = see < nk ? see : nk;
          const float dl = delta[base + i], low = (float)(first - j), high = (float)see;
          PX_UNROLL for (int c = 0; c < KEYS / W; c++) {
            float* pc = p + i * KEYS + c * W;
            vf x = load(pc) - lse[i], at = lane + (float)(W * c);
            vf e = (at < high) & (at >= low) ? vexp(x) : vf{};
            store(pc, e);
            store(gs + i * KEYS + c * W, e * (load(gs + i * KEYS + c * W) - dl));
          }
        }
        outer(gv, dp, p, 1, KEYS, go + base * dp, dp, KEYS, dp, m, true);
        outer(gk, dp, gs, 1, KEYS, q + base * dp, dp, KEYS, dp, m, true);
        outer(gq + base * dp, dp, gs, KEYS, 1, k, dp, m, dp, KEYS, true);
      }
    for (int64_t r = 0; r < nk; r++)  // q already carries the scale, so gk needs none
      for (int64_t c = 0; c < d; c += W) {
        store_n((T*)a.grad_k + b * a.gkb + kvh * a.gkh + (j + r) * a.gkt + c, load(gk + r * dp + c), d - c);
        store_n((T*)a.grad_v + b * a.gvb + kvh * a.gvh + (j + r) * a.gvt + c, load(gv + r * dp + c), d - c);
      }
  }
  for (int64_t g = 0; g < group; g++)
    for (int64_t i = 0; i < n; i++)
      for (int64_t c = 0; c < d; c += W)
        store_n((T*)a.grad_q + b * a.gqb + (kvh * group + g) * a.gqh + i * a.gqt + c, load(gq + (g * n + i) * dp + c) * a.scale, d - c);
}
