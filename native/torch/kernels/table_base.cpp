#include "kernel_table.h"
#include "scratch.h"
#include <immintrin.h>

#define PX_NAMESPACE isa_base
#define PX_TABLE table_base
#define PX_NAME "base"
#define PX_MR 2
#define PX_NR 2
#define PX_NR1 2
#define PX_OR 2
#define PX_OV 1
#include "table.inl"
