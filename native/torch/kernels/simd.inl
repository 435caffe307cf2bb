// Sixteen-lane vectors on GCC's vector extension: one source for every instruction set, and one order of additions.
// Included by table_*.cpp inside an own namespace, after the target pragma; no header of the C++ library may be
// included from here, or its inline functions would be compiled for the wrong processor.
typedef float vf __attribute__((vector_size(64)));
typedef float vfu __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t vi __attribute__((vector_size(64)));
typedef uint32_t vu __attribute__((vector_size(64)));
typedef uint16_t vh __attribute__((vector_size(32)));
typedef uint16_t vhu __attribute__((vector_size(32), aligned(2), may_alias));
typedef uint16_t bf16;
constexpr int64_t W = 16;

#define PX_UNROLL _Pragma("GCC unroll 32")
#define PX_INLINE static inline __attribute__((always_inline))

PX_INLINE vf splat(float x) { return vf{} + x; }
PX_INLINE float widen(float x) { return x; }
PX_INLINE float widen(bf16 x) { uint32_t u = (uint32_t)x << 16; float f; __builtin_memcpy(&f, &u, 4); return f; }

PX_INLINE vf load(const float* p) { return *(const vfu*)p; }
PX_INLINE vf load(const bf16* p) {
#ifdef PX_AVX512
  return (vf)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i*)p)), 16);
#else
  return (vf)(__builtin_convertvector((vh)(*(const vhu*)p), vu) << 16);
#endif
}
PX_INLINE vh to_bf16(vf x) {
  vu u = (vu)x;
  vu r = (u + 0x7fffu + ((u >> 16) & 1u)) >> 16;
  r = (vu)(x != x) ? (vu{} + 0x7fc0u) : r;
#ifdef PX_AVX512
  return (vh)_mm512_cvtepi32_epi16((__m512i)r);
#else
  return __builtin_convertvector(r, vh);
#endif
}
PX_INLINE void store(float* p, vf x) { *(vfu*)p = x; }
PX_INLINE void store(bf16* p, vf x) { *(vhu*)p = to_bf16(x); }

#ifdef PX_AVX512
PX_INLINE __mmask16 first_lanes(int64_t n) { return n >= W ? (__mmask16)0xffff : (__mmask16)((1u << n) - 1); }
PX_INLINE vf load_n(const float* p, int64_t n) { return (vf)_mm512_maskz_loadu_ps(first_lanes(n), p); }
PX_INLINE vf load_n(const bf16* p, int64_t n) {
  return (vf)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(first_lanes(n), p)), 16);
}
PX_INLINE void store_n(float* p, vf x, int64_t n) { _mm512_mask_storeu_ps(p, first_lanes(n), (__m512)x); }
PX_INLINE void store_n(bf16* p, vf x, int64_t n) { _mm256_mask_storeu_epi16(p, first_lanes(n), (__m256i)to_bf16(x)); }
#else
template <class T> PX_INLINE vf load_n(const T* p, int64_t n) {
  if (n >= W) return load(p);
  T t[W] = {};
  for (int64_t i = 0; i < n; i++) t[i] = p[i];
  return load(t);
}
template <class T> PX_INLINE void store_n(T* p, vf x, int64_t n) {
  if (n >= W) { store(p, x); return; }
  T t[W];
  store(t, x);
  for (int64_t i = 0; i < n; i++) p[i] = t[i];
}
#endif
// The value as T would hold it.
PX_INLINE vf rounded(vf x, const float*) { return x; }
PX_INLINE vf rounded(vf x, const bf16*) {
  vu u = (vu)x;
  return (vf)((u + 0x7fffu + ((u >> 16) & 1u)) & 0xffff0000u);
}

// The four folding steps that turn sixteen vectors into the vector of their sums.
PX_INLINE vf fold8(vf a, vf b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
         __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}
PX_INLINE vf fold4(vf a, vf b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
         __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}
PX_INLINE vf fold2(vf a, vf b) {
  return __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29) +
         __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
}
PX_INLINE vf fold1(vf a, vf b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
         __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
// sums[i] = sum of the lanes of a[i]; sums has room for a multiple of sixteen.
template <int C> PX_INLINE void lane_sums(const vf* a, float* sums) {
  constexpr int C1 = (C + 1) / 2, C2 = (C1 + 1) / 2, C3 = (C2 + 1) / 2, C4 = (C3 + 1) / 2;
  vf b[C1], c[C2], d[C3], z{};
  PX_UNROLL for (int i = 0; i < C1; i++) b[i] = fold8(a[2 * i], 2 * i + 1 < C ? a[2 * i + 1] : z);
  PX_UNROLL for (int i = 0; i < C2; i++) c[i] = fold4(b[2 * i], 2 * i + 1 < C1 ? b[2 * i + 1] : z);
  PX_UNROLL for (int i = 0; i < C3; i++) d[i] = fold2(c[2 * i], 2 * i + 1 < C2 ? c[2 * i + 1] : z);
  PX_UNROLL for (int i = 0; i < C4; i++) store(sums + W * i, fold1(d[2 * i], 2 * i + 1 < C3 ? d[2 * i + 1] : z));
}
PX_INLINE float lane_sum(vf a) {
  float s[W];
  lane_sums<1>(&a, s);
  return s[0];
}
PX_INLINE vf vmax(vf a, vf b) { return a > b ? a : b; }
PX_INLINE float lane_max(vf a) {
  float t[W];
  store(t, a);
  float m = t[0];
  for (int i = 1; i < W; i++) m = t[i] > m ? t[i] : m;
  return m;
}

// exp with about 1 ulp over [-87, 88]; smaller arguments give 0, larger are clamped (callers subtract a maximum first).
PX_INLINE vf vexp(vf x) {
  vi alive = x > -87.0f;
  x = x > 88.0f ? splat(88.0f) : x;
  const vf magic = splat(12582912.0f);
  vf n = (x * 1.44269504088896341f + magic) - magic;
  vf r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  vf p = splat(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  vi e = (__builtin_convertvector(n, vi) + 127) << 23;
  return alive ? p * (vf)e : vf{};
}

// dst (16 x 16, row stride ldd) = transpose of rows[0..15].
PX_INLINE void transpose16(const vf* rows, float* dst, int64_t ldd) {
  vf t[16], u[16];
  PX_UNROLL for (int i = 0; i < 8; i++) {
    vf a = rows[i], b = rows[i + 8];
    t[2 * i] = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    t[2 * i + 1] = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
  PX_UNROLL for (int s = 0; s < 3; s++) {
    PX_UNROLL for (int i = 0; i < 8; i++) {
      vf a = t[i], b = t[i + 8];
      u[2 * i] = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      u[2 * i + 1] = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    PX_UNROLL for (int i = 0; i < 16; i++) t[i] = u[i];
  }
  PX_UNROLL for (int i = 0; i < 16; i++) store(dst + i * ldd, t[i]);
}
