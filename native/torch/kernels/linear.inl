// Products with a weight matrix whose rows are contiguous along k (nn.Linear's layout), as dot products:
// lanes run along k, so neither operand is transposed, and one output's additions have one order for any m and n.
constexpr int64_t K_BLOCK = 1024;  // partial sums are folded every K_BLOCK elements: both tiles then fit the caches
constexpr int64_t N_BLOCK = 96;    // packed weight rows kept in the second-level cache
constexpr int64_t PACK_ROWS = 32;  // from this many rows on, packing the weights pays

template <class T> struct Dot;
template <> struct Dot<float> {
  static constexpr int64_t step = 16;
  typedef vf operand;
  PX_INLINE operand read(const float* p) { return load(p); }
  PX_INLINE vf fma(vf acc, operand a, operand b) { return acc + a * b; }
};
template <> struct Dot<bf16> {
#ifdef PX_BF16
  static constexpr int64_t step = 32;
  typedef __m512i operand;
  PX_INLINE operand read(const bf16* p) { return _mm512_loadu_si512(p); }
  PX_INLINE vf fma(vf acc, operand a, operand b) { return (vf)_mm512_dpbf16_ps((__m512)acc, (__m512bh)a, (__m512bh)b); }
#else
  static constexpr int64_t step = 16;
  typedef vf operand;
  PX_INLINE operand read(const bf16* p) { return load(p); }
  PX_INLINE vf fma(vf acc, operand a, operand b) { return acc + a * b; }
#endif
};

// out[MR * NR rounded up to 16] = the products of MR rows of x and NR rows of w over k elements.
// AHEAD prefetches the weight rows of the next tile: the hardware's own prefetching restarts at every row.
template <class T, int MR, int NR, bool PACKED, bool AHEAD>
PX_INLINE void dot_tile(const T* x, int64_t ldx, const T* w, int64_t ldw, int64_t k, float* out) {
  typedef Dot<T> D;
  constexpr int64_t S = D::step;
  const int64_t row = PACKED ? S : ldw, next = PACKED ? NR * S : S;
  vf acc[MR * NR];
  PX_UNROLL for (int i = 0; i < MR * NR; i++) acc[i] = vf{};
  int64_t s = 0;
  for (; s + S <= k; s += S) {
    typename D::operand a[MR];
    PX_UNROLL for (int i = 0; i < MR; i++) a[i] = D::read(x + i * ldx + s);
    PX_UNROLL for (int j = 0; j < NR; j++) {
      typename D::operand b = D::read(w + j * row);
      if constexpr (AHEAD) __builtin_prefetch(w + (j + NR) * row, 0, 2);
      PX_UNROLL for (int i = 0; i < MR; i++) acc[i * NR + j] = D::fma(acc[i * NR + j], a[i], b);
    }
    w += next;
  }
  if (s < k) {  // the last elements, padded with zeros: exact, and the same order as a whole step
    T a[MR][S] = {}, b[NR][S] = {};
    for (int64_t e = 0; e < k - s; e++) {
      PX_UNROLL for (int i = 0; i < MR; i++) a[i][e] = x[i * ldx + s + e];
      PX_UNROLL for (int j = 0; j < NR; j++) b[j][e] = w[j * row + e];
    }
    PX_UNROLL for (int i = 0; i < MR; i++)
      PX_UNROLL for (int j = 0; j < NR; j++) acc[i * NR + j] = D::fma(acc[i * NR + j], D::read(a[i]), D::read(b[j]));
  }
  lane_sums<MR * NR>(acc, out);
}

// Finishes one tile: the first block of k sets, later ones add, the last adds the bias and rounds.
template <class T, int MR, int NR, bool PACKED, bool AHEAD>
PX_INLINE void tile(const LinearArgs& a, int64_t m, int64_t n, const T* w, int64_t ldw, int64_t k0, int64_t k, float* part) {
  float out[(MR * NR + 15) / 16 * 16 + 16];
  dot_tile<T, MR, NR, PACKED, AHEAD>((const T*)a.x + m * a.ldx + k0, a.ldx, w, ldw, k, out);
  const bool first = k0 == 0, last = k0 + k == a.k;
  PX_UNROLL for (int i = 0; i < MR; i++) {
    vf s = load(out + i * NR);
    if (!first) s += load_n(part + i * N_BLOCK, NR);
    if (!last) { store_n(part + i * N_BLOCK, s, NR); continue; }
    if (a.bias) s += load_n((const T*)a.bias + n, NR);
    store_n((T*)a.y + (m + i) * a.ldy + n, s, NR);
  }
}

template <class T, bool PACKED, bool AHEAD, int NR>
PX_INLINE void tile_rows(const LinearArgs& a, int64_t m, int64_t m1, int64_t n, const T* w, int64_t ldw, int64_t k0,
                         int64_t k, float* part) {
  switch (m1 - m < PX_MR ? m1 - m : PX_MR) {
#if PX_MR >= 4
    case 4: tile<T, 4, NR, PACKED, AHEAD>(a, m, n, w, ldw, k0, k, part); break;
    case 3: tile<T, 3, NR, PACKED, AHEAD>(a, m, n, w, ldw, k0, k, part); break;
#endif
    case 2: tile<T, 2, NR, PACKED, AHEAD>(a, m, n, w, ldw, k0, k, part); break;
    default: tile<T, 1, NR, PACKED, AHEAD>(a, m, n, w, ldw, k0, k, part);
  }
}

// Few rows: every weight is read once from memory, all rows of x meet it there.
template <class T> static void linear_streamed(const LinearArgs& a, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  float part[PACK_ROWS * N_BLOCK];
  const T* w = (const T*)a.w;
  const bool single = m1 - m0 == 1;
  const int64_t width = single ? PX_NR1 : PX_NR;
  for (int64_t n = n0; n < n1;) {
    const bool whole = n + width <= n1;
    for (int64_t k0 = 0; k0 < a.k; k0 += K_BLOCK) {
      const int64_t k = a.k - k0 < K_BLOCK ? a.k - k0 : K_BLOCK;
      const T* wk = w + n * a.ldw + k0;
      if (!whole) {
        for (int64_t m = m0; m < m1; m += PX_MR) tile_rows<T, false, false, 1>(a, m, m1, n, wk, a.ldw, k0, k, part + (m - m0) * N_BLOCK);
      } else if (single) {
        tile<T, 1, PX_NR1, false, true>(a, m0, n, wk, a.ldw, k0, k, part);
      } else {
        tile_rows<T, false, true, PX_NR>(a, m0, m1, n, wk, a.ldw, k0, k, part);
        for (int64_t m = m0 + PX_MR; m < m1; m += PX_MR)
          tile_rows<T, false, false, PX_NR>(a, m, m1, n, wk, a.ldw, k0, k, part + (m - m0) * N_BLOCK);
      }
    }
    n += whole ? width : 1;
  }
}

// w rows [n, n + rows) and columns [k0, k0 + k) as tiles of PX_NR rows, step by step; missing rows and columns are zeros.
template <class T> static void pack(const T* w, int64_t ldw, int64_t rows, int64_t k, T* out) {
  constexpr int64_t S = Dot<T>::step;
  for (int64_t r = 0; r < rows; r += PX_NR)
    for (int64_t s = 0; s < k; s += S)
      for (int64_t j = 0; j < PX_NR; j++, out += S) {
        const T* src = w + (r + j) * ldw + s;
        const int64_t have = r + j < rows ? (k - s < S ? k - s : S) : 0;
        if (have == S) { __builtin_memcpy(out, src, S * sizeof(T)); continue; }
        for (int64_t e = 0; e < S; e++) out[e] = e < have ? src[e] : (T)0;
      }
}

template <class T> static void linear_packed(const LinearArgs& a, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  constexpr int64_t S = Dot<T>::step;
  const int64_t whole_k = a.k < K_BLOCK ? (a.k + S - 1) / S * S : K_BLOCK, rows = m1 - m0;
  const bool split = a.k > K_BLOCK;
  T* packed = (T*)aligned_scratch(0, (N_BLOCK + PX_NR) * whole_k * sizeof(T));
  float* part = split ? (float*)aligned_scratch(1, rows * N_BLOCK * sizeof(float)) : nullptr;
  for (int64_t nb = n0; nb < n1; nb += N_BLOCK) {
    const int64_t nn = n1 - nb < N_BLOCK ? n1 - nb : N_BLOCK;
    for (int64_t k0 = 0; k0 < a.k; k0 += K_BLOCK) {
      const int64_t k = a.k - k0 < K_BLOCK ? a.k - k0 : K_BLOCK, padded = (k + S - 1) / S * S;
      pack((const T*)a.w + nb * a.ldw + k0, a.ldw, nn, k, packed);
      for (int64_t m = m0; m < m1; m += PX_MR)
        for (int64_t n = 0; n < nn; n += PX_NR) {
          const T* w = packed + n * padded;
          float* p = part + (m - m0) * N_BLOCK + n;
          if (n + PX_NR <= nn) tile_rows<T, true, false, PX_NR>(a, m, m1, nb + n, w, 0, k0, k, p);
          else  // a narrow remainder reads the weights where they are: same steps, same sums
            for (int64_t j = n; j < nn; j++)
              tile_rows<T, false, false, 1>(a, m, m1, nb + j, (const T*)a.w + (nb + j) * a.ldw + k0, a.ldw, k0, k, p + (j - n));
        }
    }
  }
}

template <class T> static void linear(const LinearArgs& a, int64_t m0, int64_t m1, int64_t n0, int64_t n1) {
  if (m1 - m0 < PACK_ROWS) linear_streamed<T>(a, m0, m1, n0, n1);
  else linear_packed<T>(a, m0, m1, n0, n1);
}
