// Distances of unit vectors. The library is compiled for any x64, so each kernel names the instructions it uses, and one is chosen
// when it runs. Several sums run side by side: one alone waits for its own additions.
#include "index.h"

#include <immintrin.h>

namespace {
size_t length_of(const void* dimension) { return *static_cast<const size_t*>(dimension); }

float rest(const float* a, const float* b, size_t from, size_t to) {
    float sum = 0;
    for (size_t i = from; i < to; i++) sum += a[i] * b[i];
    return sum;
}

// In two steps instead of four that wait for each other.
inline float sum_of(__m128 four) {
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

float distance_sse(const void* left, const void* right, const void* dimension) {
    auto a = static_cast<const float*>(left), b = static_cast<const float*>(right);
    size_t n = length_of(dimension), i = 0;
    __m128 s0 = _mm_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    for (; i + 16 <= n; i += 16) {
        s0 = _mm_add_ps(s0, _mm_mul_ps(_mm_loadu_ps(a + i), _mm_loadu_ps(b + i)));
        s1 = _mm_add_ps(s1, _mm_mul_ps(_mm_loadu_ps(a + i + 4), _mm_loadu_ps(b + i + 4)));
        s2 = _mm_add_ps(s2, _mm_mul_ps(_mm_loadu_ps(a + i + 8), _mm_loadu_ps(b + i + 8)));
        s3 = _mm_add_ps(s3, _mm_mul_ps(_mm_loadu_ps(a + i + 12), _mm_loadu_ps(b + i + 12)));
    }
    return 1.0f - (sum_of(_mm_add_ps(_mm_add_ps(s0, s1), _mm_add_ps(s2, s3))) + rest(a, b, i, n));
}

__attribute__((target("avx2,fma"))) float distance_avx2(const void* left, const void* right, const void* dimension) {
    auto a = static_cast<const float*>(left), b = static_cast<const float*>(right);
    size_t n = length_of(dimension), i = 0;
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    for (; i + 32 <= n; i += 32) {
        s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s0);
        s1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8), s1);
        s2 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16), s2);
        s3 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24), s3);
    }
    for (; i + 8 <= n; i += 8) s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s0);
    __m256 all = _mm256_add_ps(_mm256_add_ps(s0, s1), _mm256_add_ps(s2, s3));
    return 1.0f - (sum_of(_mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1))) + rest(a, b, i, n));
}

__attribute__((target("avx512f"))) float distance_avx512(const void* left, const void* right, const void* dimension) {
    auto a = static_cast<const float*>(left), b = static_cast<const float*>(right);
    size_t n = length_of(dimension), i = 0;
    __m512 s0 = _mm512_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    for (; i + 64 <= n; i += 64) {
        s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), s0);
        s1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16), s1);
        s2 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 32), _mm512_loadu_ps(b + i + 32), s2);
        s3 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 48), _mm512_loadu_ps(b + i + 48), s3);
    }
    for (; i + 16 <= n; i += 16) s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), s0);
    if (i < n) {
        __mmask16 last = static_cast<__mmask16>((1u << (n - i)) - 1);
        s1 = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(last, a + i), _mm512_maskz_loadu_ps(last, b + i), s1);
    }
    float sums[16];
    _mm512_storeu_ps(sums, _mm512_add_ps(_mm512_add_ps(s0, s1), _mm512_add_ps(s2, s3)));
    __m256 all = _mm256_add_ps(_mm256_loadu_ps(sums), _mm256_loadu_ps(sums + 8));
    return 1.0f - sum_of(_mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1)));
}
}  // namespace

pi::Distance pi::inner_product_distance() noexcept {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return distance_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return distance_avx2;
    return distance_sse;
}
