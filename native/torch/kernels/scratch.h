// Work memory that lives as long as its thread, so that no call allocates.
#pragma once
#include "kernel_table.h"

namespace pixelis {

// At least `bytes` bytes, 64-byte aligned, valid until the same thread asks the same slot for more.
void* aligned_scratch(int slot, int64_t bytes);

// How an attention call is cut into independent tasks.
struct TaskShape {
  int64_t query_step, query_blocks, batch_step, batch_blocks;
};
TaskShape task_shape(const AttentionArgs& a);

}  // namespace pixelis
