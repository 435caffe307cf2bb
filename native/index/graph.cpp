// Building graphs. The only file that includes hnswlib, whose traps it keeps out of the way:
//  - resizeIndex, addPoint and searchKnn race with each other: a graph is built at its final size, sealed, and searched by search.cpp;
//  - addPoint draws levels from one generator without a lock: levels are drawn here, from the node's number;
//  - delete marks share a word with the number of links: who is removed is kept in Graph, beside the nodes.
#include "graph.h"

#include <cmath>
#include <cstring>
#include <exception>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>

#include <hnswlib/hnswlib.h>

namespace pi {
namespace {
// hnswlib's own spaces choose their instructions when they are compiled; this one when it runs.
class UnitSpace final : public hnswlib::SpaceInterface<float> {
public:
    explicit UnitSpace(size_t dimension) : dimension_(dimension) {}
    size_t get_data_size() override { return dimension_ * sizeof(float); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return inner_product_distance(); }
    void* get_dist_func_param() override { return &dimension_; }

private:
    size_t dimension_;
};

uint64_t mix(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

// Exponential with mean 1 / ln(M), as hnswlib draws it, but the same for a node on every run.
int level_of(uint32_t node, int links) {
    double uniform = (static_cast<double>(mix(node) >> 11) + 1) * 0x1p-53;
    return static_cast<int>(-std::log(uniform) / std::log(static_cast<double>(links)));
}

std::string_view bytes_of(const float* vector, size_t dimension) {
    return {reinterpret_cast<const char*>(vector), dimension * sizeof(float)};
}
}  // namespace

struct Nodes {
    using Hnsw = hnswlib::HierarchicalNSW<float>;
    Nodes(const Shape& shape, size_t capacity)
        : space(shape.dimension), graph(&space, capacity, shape.links, shape.construction) {
        graph.mult_ = 0;  // its own draw is then always level 0
    }
    UnitSpace space;
    Hnsw graph;
};

void NodesDeleter::operator()(Nodes* nodes) const noexcept { delete nodes; }

Graph::Graph(const Shape& s) : shape(s), dimension_(s.dimension), distance_(inner_product_distance()) {}
Graph::~Graph() = default;

void Graph::allocate(size_t capacity) {
    if (capacity >= INT32_MAX) throw Failure{PI_FAILED, "more than 2^31 vectors do not fit one index"};
    nodes_.reset(new Nodes(shape, std::max<size_t>(capacity, 1)));
}

void Graph::refresh_layout() {
    auto& g = nodes_->graph;
    layout_.level0 = g.data_level0_memory_;
    layout_.element_bytes = g.size_data_per_element_;
    layout_.vector_offset = g.offsetData_;
    layout_.upper_bytes = g.size_links_per_element_;
    layout_.levels = g.element_levels_.data();
    layout_.upper = g.linkLists_;
    layout_.count = static_cast<uint32_t>(g.cur_element_count);
    layout_.entry = g.enterpoint_node_;
    layout_.top_level = g.maxlevel_;
    layout_.most_links0 = static_cast<uint32_t>(g.maxM0_);
    layout_.most_links = static_cast<uint32_t>(g.maxM_);
}

// Takes over the nodes of another graph, with room for more.
void Graph::copy_nodes(const Graph& base, size_t extra) {
    const Layout& from = base.layout_;
    allocate(from.count + extra);
    auto& g = nodes_->graph;
    std::memcpy(g.data_level0_memory_, from.level0, from.count * from.element_bytes);
    for (uint32_t node = 0; node < from.count; node++) {
        g.linkLists_[node] = nullptr;
        if (from.levels[node] > 0) {
            size_t bytes = from.levels[node] * from.upper_bytes;
            g.linkLists_[node] = static_cast<char*>(std::malloc(bytes + 1));
            if (!g.linkLists_[node]) throw std::bad_alloc();
            std::memcpy(g.linkLists_[node], from.upper[node], bytes);
        }
        g.element_levels_[node] = from.levels[node];
        g.label_lookup_[node] = node;
        g.cur_element_count = node + 1;
    }
    g.enterpoint_node_ = from.entry;
    g.maxlevel_ = from.top_level;
    refresh_layout();
}

// Nodes that stand for nobody keep the graph together, but what was removed must not lie in memory or in a snapshot: they take the
// vector of a neighbour that stands for somebody, or zeros.
void Graph::scrub(const Graph& base, const std::vector<uint8_t>& live) {
    std::vector<uint8_t> stands(layout_.count);
    for (size_t i = 0; i < live.size(); i++) stands[base.members_[i].node] |= live[i];
    scrubbed_ = base.scrubbed_;
    for (uint32_t node = 0; node < layout_.count; node++) {
        if (stands[node] || scrubbed_[node]) continue;
        auto own = const_cast<float*>(layout_.vector(node));
        const uint32_t* links = layout_.links(node, 0);
        std::memset(own, 0, dimension_ * sizeof(float));
        for (uint32_t i = 1; i <= link_count(links); i++) {
            if (!stands[links[i]]) continue;
            std::memcpy(own, layout_.vector(links[i]), dimension_ * sizeof(float));
            break;
        }
        scrubbed_[node] = 1;
    }
}

// Adds nodes, the first alone: hnswlib finds its way in from there.
void Graph::link(const std::vector<const float*>& fresh, const Work& work) {
    auto& g = nodes_->graph;
    size_t start = g.cur_element_count;
    std::atomic<size_t> next{0};
    std::mutex failed_lock;
    std::exception_ptr failed;
    // Nodes get their numbers in the order in which threads come; the label says which vector it was.
    auto insert = [&](size_t limit) {
        try {
            for (size_t i = next++; i < limit; i = next++) {
                if (work.cancelled()) throw Failure{PI_CANCELLED, "cancelled"};
                g.addPoint(fresh[i], start + i, level_of(static_cast<uint32_t>(start + i), shape.links));
            }
        } catch (...) {
            std::lock_guard<std::mutex> lock(failed_lock);
            if (!failed) failed = std::current_exception();
            next = fresh.size();
        }
    };
    insert(std::min<size_t>(1, fresh.size()));
    next = std::min<size_t>(1, fresh.size());
    std::vector<std::thread> others;
    for (int32_t t = 1; t < work.threads && fresh.size() > 1000; t++) {
        try {
            others.emplace_back(insert, fresh.size());
        } catch (const std::system_error&) {
            break;  // the machine has no more threads: fewer do it
        }
    }
    if (!failed) insert(fresh.size());
    for (auto& other : others) other.join();
    if (failed) std::rethrow_exception(failed);
    refresh_layout();
}

// Members in the order of their nodes, and the ways to find them.
void Graph::seal(std::vector<Member> members) {
    first_.assign(layout_.count + 1, 0);
    for (const Member& member : members) first_[member.node + 1]++;
    for (uint32_t node = 0; node < layout_.count; node++) first_[node + 1] += first_[node];
    members_.resize(members.size());
    std::vector<uint32_t> at(first_.begin(), first_.end() - 1);
    for (const Member& member : members) members_[at[member.node]++] = member;
    is_live_.reset(new std::atomic<uint8_t>[members_.size()]);
    member_of_.reserve(members_.size());
    for (uint32_t i = 0; i < members_.size(); i++) {
        is_live_[i].store(1, std::memory_order_relaxed);
        if (!member_of_.emplace(members_[i].label, i).second)
            throw Failure{PI_BAD_DATA, "the label " + std::to_string(members_[i].label) + " stands in the index twice"};
        auto& tenant = tenants_[members_[i].tenant];
        if (!tenant) tenant = std::make_unique<Tenant>();
        tenant->members.push_back(i);
        tenant->live++;
    }
    live_ = static_cast<int64_t>(members_.size());
    scrubbed_.resize(layout_.count);
}

namespace {
// Gives every vector that was not there a node, and says which.
struct Sorter {
    size_t dimension;
    uint32_t next;
    std::unordered_map<std::string_view, uint32_t> node_of{};
    std::vector<const float*> fresh{};
    std::vector<Member> members{};

    void take(const float* vector, int64_t label, int32_t tenant) {
        auto [found, is_new] = node_of.emplace(bytes_of(vector, dimension), next);
        if (is_new) {
            fresh.push_back(vector);
            next++;
        }
        members.push_back({label, tenant, found->second});
    }
};
}  // namespace

std::unique_ptr<Graph> Graph::make(const Graph* base, bool compact, const Shape& shape, const Vectors& more, const Work& work) {
    std::unique_ptr<Graph> made(new Graph(shape));
    // Looked at once: a removal that comes later is repeated by the caller on the new graph.
    std::vector<uint8_t> live(base ? base->members_.size() : 0);
    for (size_t i = 0; i < live.size(); i++) live[i] = base->is_live_[i].load(std::memory_order_acquire);
    bool keeps = base && !compact && base->layout_.count > 0;
    Sorter sorter{made->dimension_, keeps ? base->layout_.count : 0};
    if (keeps) {
        made->copy_nodes(*base, more.count);
        made->scrub(*base, live);
    }
    if (base) made->ef = base->ef.load();
    for (uint32_t i = 0; i < live.size(); i++) {
        if (!live[i]) continue;
        const Member& member = base->members_[i];
        const float* vector = base->layout_.vector(member.node);
        if (keeps) {
            sorter.node_of.emplace(bytes_of(vector, made->dimension_), member.node);
            sorter.members.push_back(member);
        } else {
            sorter.take(vector, member.label, member.tenant);
        }
    }
    for (int64_t i = 0; i < more.count; i++) sorter.take(more.values + i * made->dimension_, more.labels[i], more.tenants[i]);
    if (!keeps) made->allocate(sorter.fresh.size());
    made->link(sorter.fresh, work);
    // Threads took numbers in the order in which they came.
    for (Member& member : sorter.members) member.node = made->nodes_->graph.label_lookup_.at(member.node);
    made->seal(std::move(sorter.members));
    return made;
}

// hnswlib's own file, labelled with the first member of each node: for comparing with hnswlib as it comes.
void Graph::export_plain(const char* path) const {
    for (uint32_t node = 0; node < layout_.count; node++)
        nodes_->graph.setExternalLabel(node, first_[node] < first_[node + 1] ? members_[first_[node]].label : -1);
    nodes_->graph.saveIndex(path);
}

uint32_t Graph::rebuild_upper(const std::vector<uint32_t>& levels, const char* lists, size_t bytes) {
    auto& g = nodes_->graph;
    size_t at = 0;
    for (uint32_t node = 0; node < levels.size(); node++) {
        g.element_levels_[node] = 0;
        g.linkLists_[node] = nullptr;
        g.cur_element_count = node + 1;
        size_t length = levels[node] * g.size_links_per_element_;
        if (length > bytes - at) return node;
        if (length > 0) {
            g.linkLists_[node] = static_cast<char*>(std::malloc(length + 1));
            if (!g.linkLists_[node]) throw std::bad_alloc();
            std::memcpy(g.linkLists_[node], lists + at, length);
            g.element_levels_[node] = static_cast<int>(levels[node]);
        }
        at += length;
    }
    return static_cast<uint32_t>(levels.size());
}

void Graph::enter_at(uint32_t entry, int32_t top_level) {
    nodes_->graph.enterpoint_node_ = entry;
    nodes_->graph.maxlevel_ = top_level;
    refresh_layout();
}
}  // namespace pi
