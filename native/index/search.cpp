// Finding the nearest in a sealed graph: hnswlib's search (Malkov and Yashunin, algorithms 2 and 5) without its counters, and with a
// filter it lacks in this version: nodes that are removed or another tenant's lead on, but are not counted.
#include <algorithm>
#include <cmath>
#include <cstring>

#include <immintrin.h>

#include "graph.h"

namespace pi {
namespace {
constexpr size_t kMostLinks = 512;  // of a node on level 0: twice the most that a shape may have
using Near = std::pair<float, uint32_t>;

// What a thread needs to search. Marks hold the number of the search that saw a node, so they need no clearing.
struct Scratch {
    std::vector<uint16_t> marks;
    uint16_t search = 0;
    std::vector<Near> candidates;  // a heap, the nearest on top
    std::vector<Near> found;       // a heap, the farthest on top

    void begin(size_t nodes) {
        if (marks.size() < nodes) marks.resize(nodes);
        if (++search == 0) {
            std::fill(marks.begin(), marks.end(), 0);
            search = 1;
        }
        candidates.clear();
        found.clear();
    }
    bool first_time(uint32_t node) {
        if (marks[node] == search) return false;
        marks[node] = search;
        return true;
    }
};
thread_local Scratch scratch;

struct Nearest {
    bool operator()(const Near& a, const Near& b) const { return a.first > b.first; }
};
struct Farthest {
    bool operator()(const Near& a, const Near& b) const { return a.first < b.first; }
};

void keep_best(std::vector<Near>& found, size_t most, Near one) {
    if (found.size() < most) {
        found.push_back(one);
        std::push_heap(found.begin(), found.end(), Farthest());
    } else if (one.first < found.front().first) {
        std::pop_heap(found.begin(), found.end(), Farthest());
        found.back() = one;
        std::push_heap(found.begin(), found.end(), Farthest());
    }
}

void prefetch(const void* at) { _mm_prefetch(static_cast<const char*>(at), _MM_HINT_T0); }
}  // namespace

bool Graph::visible(uint32_t node, int32_t tenant) const {
    for (uint32_t i = first_[node]; i < first_[node + 1]; i++) {
        if (is_live_[i].load(std::memory_order_acquire) && (tenant < 0 || members_[i].tenant == tenant)) return true;
    }
    return false;
}

template <bool Filter>
void Graph::walk(const float* query, size_t ef, int32_t tenant) const {
    Scratch& s = scratch;
    s.begin(layout_.count);
    uint32_t at = layout_.entry;
    float nearest = distance_(query, layout_.vector(at), &dimension_);
    for (int level = layout_.top_level; level > 0; level--) {
        for (bool moved = true; moved;) {
            moved = false;
            const uint32_t* links = layout_.links(at, level);
            for (uint32_t i = 1, count = link_count(links); i <= count; i++) {
                float distance = distance_(query, layout_.vector(links[i]), &dimension_);
                if (distance < nearest) {
                    nearest = distance;
                    at = links[i];
                    moved = true;
                }
            }
        }
    }
    s.first_time(at);
    s.candidates.push_back({nearest, at});
    if (!Filter || visible(at, tenant)) keep_best(s.found, ef, {nearest, at});
    while (!s.candidates.empty()) {
        Near best = s.candidates.front();
        if (s.found.size() == ef && best.first > s.found.front().first) break;
        std::pop_heap(s.candidates.begin(), s.candidates.end(), Nearest());
        s.candidates.pop_back();
        // First all that were not seen, so that their vectors are on their way from memory when the first distance is computed.
        const uint32_t* links = layout_.links(best.second, 0);
        uint32_t fresh[kMostLinks], fresh_count = 0;
        for (uint32_t i = 1, count = link_count(links); i <= count; i++) {
            if (i < count) prefetch(&s.marks[links[i + 1]]);
            if (!s.first_time(links[i])) continue;
            prefetch(layout_.vector(links[i]));
            fresh[fresh_count++] = links[i];
        }
        for (uint32_t i = 0; i < fresh_count; i++) {
            uint32_t node = fresh[i];
            if (i + 1 < fresh_count) {
                auto next = reinterpret_cast<const char*>(layout_.vector(fresh[i + 1]));
                for (int line = 1; line < 4; line++) prefetch(next + 64 * line);
            }
            float distance = distance_(query, layout_.vector(node), &dimension_);
            if (s.found.size() == ef && distance >= s.found.front().first) continue;
            s.candidates.push_back({distance, node});
            std::push_heap(s.candidates.begin(), s.candidates.end(), Nearest());
            prefetch(layout_.links(s.candidates.front().second, 0));
            if (!Filter || visible(node, tenant)) keep_best(s.found, ef, {distance, node});
        }
    }
    std::sort_heap(s.found.begin(), s.found.end(), Farthest());
}

// The members of the nodes found, nearest first.
size_t Graph::expand(size_t k, int32_t tenant, int64_t* labels, float* similarities) const {
    size_t count = 0;
    for (const Near& one : scratch.found) {
        if (count == k) break;
        for (uint32_t i = first_[one.second]; i < first_[one.second + 1] && count < k; i++) {
            if (!is_live_[i].load(std::memory_order_acquire) || (tenant >= 0 && members_[i].tenant != tenant)) continue;
            labels[count] = members_[i].label;
            similarities[count++] = 1.0f - one.first;
        }
    }
    return count;
}

size_t Graph::search(const float* query, size_t k, size_t width, int32_t tenant, int64_t* labels, float* similarities) const {
    auto own = tenant < 0 ? tenants_.end() : tenants_.find(tenant);
    if (tenant >= 0 && own == tenants_.end()) return 0;
    size_t seen = tenant < 0 ? live() : static_cast<size_t>(own->second->live.load(std::memory_order_relaxed));
    if (seen == 0 || k == 0) return 0;
    // A walk looks at about 20 vectors for each of the ef it keeps, and at as many more as it may not keep: at 20 ef / share of the
    // visible ones. Looking at all visible ones is exact, and cheaper when they are fewer than that.
    width = std::max(width == 0 ? ef.load(std::memory_order_relaxed) : width, k);
    double share = static_cast<double>(seen) / static_cast<double>(members_.size());
    if (static_cast<double>(seen) * share <= 20.0 * static_cast<double>(width)) return scan(query, k, tenant, labels, similarities);
    if (seen == members_.size()) {
        walk<false>(query, width, tenant);
    } else {
        walk<true>(query, width, tenant);
    }
    return expand(k, tenant, labels, similarities);
}

size_t Graph::scan(const float* query, size_t k, int32_t tenant, int64_t* labels, float* similarities) const {
    auto own = tenant < 0 ? tenants_.end() : tenants_.find(tenant);
    if (tenant >= 0 && own == tenants_.end()) return 0;
    std::vector<Near>& found = scratch.found;
    found.clear();
    size_t count = tenant < 0 ? members_.size() : own->second->members.size();
    for (size_t at = 0; at < count; at++) {
        uint32_t i = tenant < 0 ? static_cast<uint32_t>(at) : own->second->members[at];
        if (!is_live_[i].load(std::memory_order_acquire)) continue;
        keep_best(found, k, {distance_(query, layout_.vector(members_[i].node), &dimension_), i});
    }
    std::sort_heap(found.begin(), found.end(), Farthest());
    for (size_t at = 0; at < found.size(); at++) {
        labels[at] = members_[found[at].second].label;
        similarities[at] = 1.0f - found[at].first;
    }
    return found.size();
}

bool Graph::seen_before(uint32_t member, bool live) noexcept {
    return is_live_[member].exchange(live, std::memory_order_acq_rel) == live;
}

bool Graph::remove(int64_t label) noexcept {
    auto found = member_of_.find(label);
    if (found == member_of_.end() || seen_before(found->second, false)) return false;
    tenants_.find(members_[found->second].tenant)->second->live--;
    live_--;
    return true;
}

bool Graph::revive(int64_t label, int32_t tenant, const float* vector) noexcept {
    auto found = member_of_.find(label);
    if (found == member_of_.end()) return false;
    const Member& member = members_[found->second];
    if (member.tenant != tenant || std::memcmp(layout_.vector(member.node), vector, dimension_ * sizeof(float)) != 0) return false;
    if (seen_before(found->second, true)) return true;
    tenants_.find(tenant)->second->live++;
    live_++;
    return true;
}

void Graph::hide_all() noexcept {
    for (size_t i = 0; i < members_.size(); i++) is_live_[i].store(0, std::memory_order_relaxed);
    for (auto& tenant : tenants_) tenant.second->live = 0;
    live_ = 0;
}

size_t Graph::unscrubbed() const {
    size_t count = 0;
    for (uint32_t node = 0; node < layout_.count; node++) count += !scrubbed_[node] && !visible(node, -1);
    return count;
}

double Graph::calibrate(size_t k, double target, size_t samples, const Work& work) {
    // A query that lies among the stored vectors without being one: a stored one moved by the difference of two of its neighbours.
    auto query_near = [&](uint32_t node) {
        std::vector<float> query(layout_.vector(node), layout_.vector(node) + dimension_);
        const uint32_t* links = layout_.links(node, 0);
        uint32_t count = link_count(links);
        double length = 0;
        for (size_t d = 0; d < dimension_; d++) {
            if (count >= 2) query[d] += 0.7f * (layout_.vector(links[1])[d] - layout_.vector(links[count])[d]);
            length += static_cast<double>(query[d]) * query[d];
        }
        for (float& value : query) value /= static_cast<float>(std::sqrt(std::max(length, 1e-30)));
        return query;
    };
    std::vector<std::vector<float>> queries;
    std::vector<float> farthest;
    for (size_t i = 0; i < samples && layout_.count > 0; i++) {
        if (work.cancelled()) throw Failure{PI_CANCELLED, "cancelled"};
        queries.push_back(query_near(static_cast<uint32_t>(i * layout_.count / samples)));
        std::vector<Near> best;
        for (uint32_t node = 0; node < layout_.count; node++)
            keep_best(best, k, {distance_(queries.back().data(), layout_.vector(node), &dimension_), node});
        farthest.push_back(best.front().first);
    }
    double recall = 1;
    uint32_t width = 48;
    for (; !queries.empty(); width += width / 2) {
        size_t hits = 0, all = 0, wanted = std::min<size_t>(k, layout_.count);
        for (size_t i = 0; i < queries.size(); i++) {
            if (work.cancelled()) throw Failure{PI_CANCELLED, "cancelled"};
            walk<false>(queries[i].data(), std::max<size_t>(width, k), -1);
            for (size_t at = 0; at < wanted && at < scratch.found.size(); at++) hits += scratch.found[at].first <= farthest[i];
            all += wanted;
        }
        recall = static_cast<double>(hits) / static_cast<double>(all);
        if (recall >= target || width >= 8192) break;
    }
    ef = width;
    return recall;
}
}  // namespace pi
