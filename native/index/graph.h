// A graph of unit vectors that is built, sealed and then only read: searches need no lock, and nothing is ever resized under them.
// Changes are made on a copy (make), which the caller puts in its place; only the marks of what was removed change in place.
#pragma once
#include <atomic>
#include <memory>
#include <unordered_map>
#include <vector>

#include "index.h"

namespace pi {
struct Shape {
    int32_t dimension;
    int32_t links;             // hnswlib's M
    int32_t construction;      // hnswlib's ef_construction
};

struct Vectors {
    const float* values;       // [count, dimension]
    const int64_t* labels;     // [count]
    const int32_t* tenants;    // [count]
    int64_t count;
};

struct Work {
    int32_t threads;
    const int32_t* cancel;     // becomes non-zero from another thread; null for never
    bool cancelled() const { return cancel && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0; }
};

// One experience. Equal vectors share a node: hnswlib's graph falls apart around many points in one place.
struct Member {
    int64_t label;
    int32_t tenant;
    uint32_t node;
};

struct Tenant {
    std::vector<uint32_t> members;
    std::atomic<int64_t> live{0};
};

// The hnswlib graph; only graph.cpp sees its header, which defines functions that may stand once in a library.
struct Nodes;
struct NodesDeleter {
    void operator()(Nodes* nodes) const noexcept;
};

// Where hnswlib keeps its graph, for those who walk or store it.
struct Layout {
    char* level0;              // [count] elements: link count and links, vector, label
    size_t element_bytes, vector_offset, upper_bytes;
    const int* levels;         // [count]
    char** upper;              // [count], null on level 0; level l at (l - 1) * upper_bytes
    uint32_t count, entry;
    int32_t top_level;
    uint32_t most_links0, most_links;
    const float* vector(uint32_t node) const { return reinterpret_cast<const float*>(level0 + node * element_bytes + vector_offset); }
    const uint32_t* links(uint32_t node, int level) const {
        return reinterpret_cast<const uint32_t*>(level == 0 ? level0 + node * element_bytes : upper[node] + (level - 1) * upper_bytes);
    }
};
// The first word of a list of links holds their number in its lower half.
inline uint32_t link_count(const uint32_t* list) { return *reinterpret_cast<const uint16_t*>(list); }

class Graph {
public:
    ~Graph();

    // A new graph of what `base` (may be null) still holds and of `more`. Vectors that were removed are not in it: their nodes are
    // left out (compact: everything is linked anew) or keep their links and get a neighbour's vector.
    static std::unique_ptr<Graph> make(const Graph* base, bool compact, const Shape& shape, const Vectors& more, const Work& work);

    // At most k of a tenant (or of all, tenant < 0), nearest first.
    size_t search(const float* query, size_t k, size_t ef, int32_t tenant, int64_t* labels, float* similarities) const;
    size_t scan(const float* query, size_t k, int32_t tenant, int64_t* labels, float* similarities) const;

    bool remove(int64_t label) noexcept;
    // Makes a removed or loaded member visible, if its tenant and vector are these.
    bool revive(int64_t label, int32_t tenant, const float* vector) noexcept;
    void hide_all() noexcept;

    // The smallest ef of a ladder whose mean recall@k over sampled queries reaches the target; kept in ef.
    double calibrate(size_t k, double target, size_t samples, const Work& work);

    void save(const char* path) const;
    void export_plain(const char* path) const;
    static std::unique_ptr<Graph> load(const char* path, int32_t dimension);

    Shape shape;
    std::atomic<uint32_t> ef{64};
    // Nodes that stand for nobody and still have a vector of their own.
    size_t unscrubbed() const;
    size_t live() const { return static_cast<size_t>(live_.load(std::memory_order_relaxed)); }
    size_t member_count() const { return members_.size(); }
    const Layout& layout() const { return layout_; }

private:
    explicit Graph(const Shape& shape);
    void allocate(size_t capacity);
    void copy_nodes(const Graph& base, size_t extra);
    void scrub(const Graph& base, const std::vector<uint8_t>& live);
    void link(const std::vector<const float*>& fresh, const Work& work);
    void seal(std::vector<Member> members);
    void refresh_layout();
    // For loading: the lists above level 0 one after another; returns the first node without its list.
    uint32_t rebuild_upper(const std::vector<uint32_t>& levels, const char* lists, size_t bytes);
    void enter_at(uint32_t entry, int32_t top_level);
    bool visible(uint32_t node, int32_t tenant) const;
    template <bool Filter> void walk(const float* query, size_t ef, int32_t tenant) const;
    size_t expand(size_t k, int32_t tenant, int64_t* labels, float* similarities) const;
    bool seen_before(uint32_t member, bool live) noexcept;

    std::unique_ptr<Nodes, NodesDeleter> nodes_;
    Layout layout_{};
    size_t dimension_;
    Distance distance_;
    std::vector<Member> members_;                          // sorted by node
    std::vector<uint32_t> first_;                          // [nodes + 1] into members_
    std::unique_ptr<std::atomic<uint8_t>[]> is_live_;      // [members]
    std::vector<uint8_t> scrubbed_;                        // [nodes] whose vector is another's
    std::unordered_map<int64_t, uint32_t> member_of_;
    std::unordered_map<int32_t, std::unique_ptr<Tenant>> tenants_;
    std::atomic<int64_t> live_{0};

    friend struct GraphFile;
};
}  // namespace pi
