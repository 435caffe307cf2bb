// hnswlib as it comes: what the benchmark `neighbors` measures the index against.
#include <cstdint>
#include <exception>
#include <string>

#include <hnswlib/hnswlib.h>

#define PLAIN_API extern "C" __attribute__((visibility("default")))

struct Plain {
    Plain(size_t dimension, const char* path) : space(dimension), graph(&space, std::string(path)) {}
    hnswlib::InnerProductSpace space;
    hnswlib::HierarchicalNSW<float> graph;
};

// What pi_graph_export_plain wrote; null when it cannot be read.
PLAIN_API Plain* plain_load(const char* path, int32_t dimension) {
    try {
        return new Plain(dimension, path);
    } catch (const std::exception&) {
        return nullptr;
    }
}

// labels: [count, k], nearest first, -1 where fewer were found.
PLAIN_API int32_t plain_search(Plain* plain, const float* queries, int64_t count, int32_t k, int32_t ef, int64_t* labels) {
    try {
        size_t dimension = *static_cast<size_t*>(plain->space.get_dist_func_param());
        plain->graph.setEf(ef);
        for (int64_t i = 0; i < count; i++) {
            auto found = plain->graph.searchKnn(queries + i * dimension, k);
            for (int32_t at = k - 1; at >= 0; at--) {
                bool is_there = static_cast<size_t>(at) < found.size();
                labels[i * k + at] = is_there ? static_cast<int64_t>(found.top().second) : -1;
                if (is_there) found.pop();
            }
        }
        return 0;
    } catch (const std::exception&) {
        return 1;
    }
}

PLAIN_API void plain_free(Plain* plain) { delete plain; }
