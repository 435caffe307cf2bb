// Memory for large CPU tensors. malloc gives a block of more than 64 MiB asked for on any thread but the first straight from the
// kernel and straight back: every operation pays the page faults again, four to six times what a sum of 128 MiB costs. Blocks
// from 16 MiB on are therefore mapped here, in huge pages where the kernel has them, and kept for the next tensor of about the
// same size. What is kept is bounded, and the oldest block goes first.
#include "shim.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <unordered_map>

namespace pixelis {

constexpr size_t kSmallestLarge = size_t(16) << 20;
constexpr size_t kHugePage = size_t(2) << 20;
constexpr size_t kPage = 4096;

struct Block {
    char* data;      // aligned to a huge page
    size_t size;     // usable bytes, whole pages
    char* mapping;   // what mmap returned
    size_t mapped;   // its length
};

class LargeBlocks {
public:
    LargeBlocks() {
        struct sysinfo info;
        size_t memory = sysinfo(&info) == 0 ? size_t(info.totalram) * info.mem_unit : size_t(8) << 30;
        limit_ = std::min(memory / 16, size_t(4) << 30);
    }

    void* take(size_t bytes) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto best = kept_.end();
        for (auto block = kept_.begin(); block != kept_.end(); ++block)
            if (block->size >= bytes && block->size <= bytes + bytes / 8 && (best == kept_.end() || block->size < best->size))
                best = block;
        Block block;
        if (best != kept_.end()) {
            block = *best;
            kept_bytes_ -= block.size;
            kept_.erase(best);
        } else if (!map(bytes, block)) {
            drop_until(0);
            TORCH_CHECK(map(bytes, block), "cannot allocate ", bytes, " bytes of CPU memory");
        }
        live_.emplace(block.data, block);
        return block.data;
    }

    // False when the pointer is none of these blocks.
    bool give_back(void* data) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = live_.find(data);
        if (found == live_.end()) return false;
        Block block = found->second;
        live_.erase(found);
        if (block.size > limit_) {
            munmap(block.mapping, block.mapped);
            return true;
        }
        drop_until(limit_ - block.size);
        kept_.push_back(block);
        kept_bytes_ += block.size;
        return true;
    }

    void drop_all() {
        std::lock_guard<std::mutex> lock(mutex_);
        drop_until(0);
    }

    size_t kept_bytes() {
        std::lock_guard<std::mutex> lock(mutex_);
        return kept_bytes_;
    }

private:
    static bool map(size_t bytes, Block& block) {
        block.size = (bytes + kPage - 1) / kPage * kPage;
        block.mapped = block.size + kHugePage;
        void* mapping = mmap(nullptr, block.mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapping == MAP_FAILED) return false;
        block.mapping = static_cast<char*>(mapping);
        auto address = reinterpret_cast<uintptr_t>(mapping);
        block.data = reinterpret_cast<char*>((address + kHugePage - 1) / kHugePage * kHugePage);
        // Only whole huge pages inside the block: a last one that reaches beyond it would cost memory nobody asked for.
        madvise(block.data, block.size / kHugePage * kHugePage, MADV_HUGEPAGE);
        return true;
    }

    void drop_until(size_t bytes) {
        while (kept_bytes_ > bytes) {
            munmap(kept_.front().mapping, kept_.front().mapped);
            kept_bytes_ -= kept_.front().size;
            kept_.pop_front();
        }
    }

    std::mutex mutex_;
    std::deque<Block> kept_;
    std::unordered_map<void*, Block> live_;
    size_t kept_bytes_ = 0;
    size_t limit_;
};

// Never destroyed: tensors of static objects may outlive every order of destruction.
static LargeBlocks& blocks() {
    static auto* instance = new LargeBlocks();
    return *instance;
}

static c10::Allocator* small_allocator() {
    static c10::Allocator* instance = c10::GetDefaultCPUAllocator();
    return instance;
}

static void release(void* data) {
    if (data == nullptr || blocks().give_back(data)) return;
    small_allocator()->raw_deleter()(data);
}

class CpuAllocator final : public c10::Allocator {
public:
#if PIXELIS_TORCH_MAJOR > 2 || (PIXELIS_TORCH_MAJOR == 2 && PIXELIS_TORCH_MINOR >= 3)
    c10::DataPtr allocate(size_t bytes) override { return make(bytes); }
#else
    c10::DataPtr allocate(size_t bytes) const override { return make(bytes); }
#endif
#if PIXELIS_TORCH_MAJOR > 2 || (PIXELIS_TORCH_MAJOR == 2 && PIXELIS_TORCH_MINOR >= 2)
    void copy_data(void* target, const void* source, size_t bytes) const override { default_copy_data(target, source, bytes); }
#endif
    c10::DeleterFnPtr raw_deleter() const override { return &release; }

private:
    static c10::DataPtr make(size_t bytes) {
        if (bytes < kSmallestLarge) return small_allocator()->allocate(bytes);
        void* data = blocks().take(bytes);
        return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
    }
};

}  // namespace pixelis

// Called once, before the first tensor.
PX_EXPORT int32_t px_install_allocator() {
    return pixelis::guarded(-1, [] {
        static auto* allocator = new pixelis::CpuAllocator();
        pixelis::small_allocator();
        c10::SetCPUAllocator(allocator, 1);
        return 0;
    });
}

// Bytes of large blocks that no tensor holds; with release != 0 they go back to the system.
PX_EXPORT int64_t px_kept_memory(int32_t release) {
    return pixelis::guarded(static_cast<int64_t>(-1), [&] {
        if (release != 0) pixelis::blocks().drop_all();
        return static_cast<int64_t>(pixelis::blocks().kept_bytes());
    });
}
