// Which table this processor gets, and the scratch memory of the hot loops.
#include "kernel_table.h"
#include "scratch.h"
#include <cstdlib>
#include <cstring>

namespace pixelis {

static const KernelTable& choose() {
  const char* cap = std::getenv("PIXELIS_CPU");
  const KernelTable* order[] = {&table_avx512_bf16, &table_avx512, &table_avx2, &table_base};
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  const bool has[] = {avx512 && __builtin_cpu_supports("avx512bf16"), avx512, avx2, true};
  bool below = cap == nullptr;
  if (cap) {
    bool known = false;
    for (const KernelTable* t : order) known |= std::strcmp(cap, t->name) == 0;
    below = !known;
  }
  for (int i = 0; i < 4; i++) {
    if (cap && std::strcmp(cap, order[i]->name) == 0) below = true;
    if (below && has[i]) return *order[i];
  }
  return table_base;
}

const KernelTable& kernels() {
  static const KernelTable& chosen = choose();
  return chosen;
}

namespace {
struct Buffer {
  void* data = nullptr;
  int64_t size = 0;
  ~Buffer() { std::free(data); }
};
}  // namespace

void* aligned_scratch(int slot, int64_t bytes) {
  static thread_local Buffer buffers[3];
  Buffer& b = buffers[slot];
  if (b.size < bytes) {
    std::free(b.data);
    b.size = (bytes + 4095) / 4096 * 4096;
    b.data = std::aligned_alloc(4096, b.size);
    if (!b.data) std::abort();
  }
  return b.data;
}

TaskShape task_shape(const AttentionArgs& a) {
  constexpr int64_t rows = 96;  // enough to use a packed key block well, few enough for the second-level cache
  const int64_t group = a.heads / a.kv_heads;
  TaskShape s;
  s.query_step = rows / group > 0 ? rows / group : 1;
  if (s.query_step > a.queries) s.query_step = a.queries;
  s.query_blocks = (a.queries + s.query_step - 1) / s.query_step;
  s.batch_step = 1;
  if (a.prefix_length > 0 && s.query_step * group < rows) s.batch_step = rows / (s.query_step * group);
  if (s.batch_step > a.batch) s.batch_step = a.batch;
  s.batch_blocks = (a.batch + s.batch_step - 1) / s.batch_step;
  return s;
}

int64_t attention_tasks(const AttentionArgs& a) {
  const TaskShape s = task_shape(a);
  return s.query_blocks * s.batch_blocks * a.kv_heads;
}

}  // namespace pixelis
