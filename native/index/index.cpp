// The functions that C# calls: src/Pixelis.Online/Neighbors/Native/IndexMethods.cs mirrors them.
#include "index.h"

#include <cstring>

#include "graph.h"

static thread_local char last_error[512];

void pi::set_last_error(const char* message) noexcept {
    std::strncpy(last_error, message, sizeof last_error - 1);
    last_error[sizeof last_error - 1] = 0;
}

using pi::Graph;

PI_API const char* pi_last_error() { return last_error; }
PI_API int32_t pi_abi_version() { return 1; }

// values: [count, dimension], labels and tenants: [count]. base may be null; it is only read.
PI_API int32_t pi_graph_make(const Graph* base, int32_t compact, int32_t dimension, int32_t links, int32_t construction,
                             const float* values, const int64_t* labels, const int32_t* tenants, int64_t count, int32_t threads,
                             const int32_t* cancel, Graph** made) {
    *made = nullptr;
    return pi::guard([&] {
        bool sane = dimension >= 1 && links >= 2 && links <= 256 && construction >= 1 && count >= 0;
        if (!sane) throw pi::Failure{PI_FAILED, "a graph of this shape cannot be made"};
        *made = Graph::make(base, compact != 0, {dimension, links, construction}, {values, labels, tenants, count}, {threads, cancel})
                    .release();
    });
}

// labels and similarities: room for k. ef: 0 for the graph's own. tenant: negative for all. exact: look at every vector.
PI_API int32_t pi_graph_search(const Graph* graph, const float* query, int32_t k, int32_t ef, int32_t tenant, int32_t exact,
                               int64_t* labels, float* similarities, int32_t* found) {
    *found = 0;
    return pi::guard([&] {
        *found = static_cast<int32_t>(exact ? graph->scan(query, k, tenant, labels, similarities)
                                            : graph->search(query, k, ef, tenant, labels, similarities));
    });
}

PI_API int32_t pi_graph_remove(Graph* graph, int64_t label) { return graph->remove(label); }

PI_API int32_t pi_graph_revive(Graph* graph, int64_t label, int32_t tenant, const float* vector) {
    return graph->revive(label, tenant, vector);
}

PI_API void pi_graph_counts(const Graph* graph, int64_t* nodes, int64_t* members, int64_t* live) {
    *nodes = graph->layout().count;
    *members = static_cast<int64_t>(graph->member_count());
    *live = static_cast<int64_t>(graph->live());
}

PI_API int64_t pi_graph_unscrubbed(const Graph* graph) { return static_cast<int64_t>(graph->unscrubbed()); }

PI_API int32_t pi_graph_calibrate(Graph* graph, int32_t k, double target, int32_t samples, const int32_t* cancel, double* recall) {
    return pi::guard([&] { *recall = graph->calibrate(k, target, samples, {1, cancel}); });
}

PI_API int32_t pi_graph_ef(const Graph* graph) { return static_cast<int32_t>(graph->ef.load()); }

PI_API int32_t pi_graph_save(const Graph* graph, const char* path) {
    return pi::guard([&] { graph->save(path); });
}

PI_API int32_t pi_graph_export_plain(const Graph* graph, const char* path) {
    return pi::guard([&] { graph->export_plain(path); });
}

// Everything in it is hidden until pi_graph_revive names it.
PI_API int32_t pi_graph_load(const char* path, int32_t dimension, Graph** loaded) {
    *loaded = nullptr;
    return pi::guard([&] { *loaded = Graph::load(path, dimension).release(); });
}

PI_API void pi_graph_free(Graph* graph) { delete graph; }
