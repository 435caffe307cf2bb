#include "kernel_table.h"
#include "scratch.h"
#include <immintrin.h>
#pragma GCC target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")
#define PX_NAMESPACE isa_avx512_bf16
#define PX_TABLE table_avx512_bf16
#define PX_NAME "avx512_bf16"
#define PX_AVX512
#define PX_BF16
#define PX_MR 4
#define PX_NR 6
#define PX_NR1 16
#define PX_OR 6
#define PX_OV 4
#include "table.inl"
