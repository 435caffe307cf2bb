#include "kernel_table.h"
#include "scratch.h"
#include <immintrin.h>
#pragma GCC target("avx2,fma")
#define PX_NAMESPACE isa_avx2
#define PX_TABLE table_avx2
#define PX_NAME "avx2"
#define PX_MR 2
#define PX_NR 3
#define PX_NR1 4
#define PX_OR 3
#define PX_OV 2
#include "table.inl"
