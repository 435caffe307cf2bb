// The process around the tensors: threads, generators, CUDA, and what this libtorch was built with.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Config.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/version.h>

#include <dlfcn.h>
#include <link.h>

#include <cstring>
#include <mutex>
#include <type_traits>

using pixelis::give;
using pixelis::guarded;

static thread_local std::string text;

static const char* keep(std::string value) {
    text = std::move(value);
    return text.c_str();
}

// which: 0 version compiled against, 1 show_config, 2 parallel info, 3 path of libtorch_cpu
PX_EXPORT const char* px_describe(int32_t which) {
    return guarded(static_cast<const char*>(nullptr), [&]() -> const char* {
        switch (which) {
            case 0: return keep(TORCH_VERSION);
            case 1: return keep(at::show_config());
            case 2: return keep(at::get_parallel_info());
            default: {
                Dl_info info;
                const void* symbol = reinterpret_cast<const void*>(static_cast<std::string (*)()>(&at::show_config));
                return keep(dladdr(symbol, &info) != 0 ? info.dli_fname : "");
            }
        }
    });
}

PX_EXPORT int32_t px_get_num_threads() { return guarded(-1, [] { return at::get_num_threads(); }); }

PX_EXPORT int32_t px_set_num_threads(int32_t count) {
    return guarded(-1, [&] {
        at::set_num_threads(count);
        return 0;
    });
}

PX_EXPORT int32_t px_get_num_interop_threads() { return guarded(-1, [] { return at::get_num_interop_threads(); }); }

PX_EXPORT int32_t px_set_num_interop_threads(int32_t count) {
    return guarded(-1, [&] {
        at::set_num_interop_threads(count);
        return 0;
    });
}

// Paths of the loaded libraries whose file name holds one of the words, one a line.
struct Search {
    std::string* found;
    const char* words[6];
};

static int visit_library(struct dl_phdr_info* info, size_t, void* state) {
    auto* search = static_cast<Search*>(state);
    if (info->dlpi_name == nullptr || *info->dlpi_name == '\0') return 0;
    for (const char* word : search->words) {
        if (word != nullptr && std::strstr(info->dlpi_name, word) != nullptr) {
            *search->found += info->dlpi_name;
            *search->found += '\n';
            break;
        }
    }
    return 0;
}

PX_EXPORT const char* px_blas_libraries() {
    return guarded(static_cast<const char*>(nullptr), [] {
        std::string found;
        Search search{&found, {"blas", "mkl_core", "libtorch_cpu", "libdnnl", nullptr, nullptr}};
        dl_iterate_phdr(visit_library, &search);
        return keep(found);
    });
}

// OpenBLAS keeps a pool of its own beside ATen's. A symbol is looked for in every loaded library whose path has "openblas".
static int visit_openblas(struct dl_phdr_info* info, size_t, void* state) {
    if (info->dlpi_name == nullptr || std::strstr(info->dlpi_name, "openblas") == nullptr) return 0;
    void* library = dlopen(info->dlpi_name, RTLD_LAZY | RTLD_NOLOAD);
    if (library == nullptr) return 0;
    auto** found = static_cast<void**>(state);
    const char* name = static_cast<const char*>(found[1]);
    found[0] = dlsym(library, name);
    dlclose(library);
    return found[0] != nullptr ? 1 : 0;
}

static void* openblas_symbol(const char* name) {
    void* state[2] = {nullptr, const_cast<char*>(name)};
    dl_iterate_phdr(visit_openblas, state);
    return state[0];
}

// 1 when an OpenBLAS was found and told, 0 when the BLAS is another one.
PX_EXPORT int32_t px_openblas_set_num_threads(int32_t count) {
    auto set = reinterpret_cast<void (*)(int)>(openblas_symbol("openblas_set_num_threads"));
    if (set == nullptr) return 0;
    set(count);
    return 1;
}

PX_EXPORT int32_t px_openblas_get_num_threads() {
    auto get = reinterpret_cast<int (*)()>(openblas_symbol("openblas_get_num_threads"));
    return get == nullptr ? 0 : get();
}

// The kernels OpenBLAS runs with ("Cooperlake"), empty when the BLAS is another one.
PX_EXPORT const char* px_openblas_core() {
    return guarded(static_cast<const char*>(nullptr), [] {
        auto get = reinterpret_cast<char* (*)()>(openblas_symbol("openblas_get_corename"));
        return keep(get == nullptr ? "" : get());
    });
}

PX_EXPORT int32_t px_cuda_is_available() { return guarded(0, [] { return at::hasCUDA() ? 1 : 0; }); }

PX_EXPORT int32_t px_cuda_device_count() {
    return guarded(0, [] { return static_cast<int32_t>(at::getNumGPUs()); });
}

PX_EXPORT int32_t px_cuda_synchronize(int32_t device) {
    return guarded(-1, [&] {
        at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(device));
        return 0;
    });
}

PX_EXPORT const char* px_cuda_describe() {
    return guarded(static_cast<const char*>(nullptr),
                   [] { return keep(at::hasCUDA() ? at::detail::getCUDAHooks().showConfig() : std::string()); });
}

// A truth value up to 2.8, since then an enumeration whose first member allows everything.
template <typename Option>
static bool allows(Option option) {
    if constexpr (std::is_same_v<Option, bool>)
        return option;
    else
        return option == static_cast<Option>(0);
}

// which: 0 = TF32 in matmul, 1 = TF32 in cuDNN, 2 = reduced-precision fp16 reductions, 3 = deterministic algorithms
PX_EXPORT int32_t px_context_flag(int32_t which) {
    return guarded(-1, [&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0: return context.float32MatmulPrecision() == at::Float32MatmulPrecision::HIGHEST ? 0 : 1;
            case 1: return context.allowTF32CuDNN() ? 1 : 0;
            case 2: return allows(context.allowFP16ReductionCuBLAS()) ? 1 : 0;
            default: return context.deterministicAlgorithms() ? 1 : 0;
        }
    });
}

PX_EXPORT int32_t px_set_context_flag(int32_t which, int32_t value) {
    return guarded(-1, [&] {
        auto& context = at::globalContext();
        bool on = value != 0;
        switch (which) {
            case 0:
                context.setFloat32MatmulPrecision(on ? at::Float32MatmulPrecision::HIGH : at::Float32MatmulPrecision::HIGHEST);
                break;
            case 1: context.setAllowTF32CuDNN(on); break;
            case 2: context.setAllowFP16ReductionCuBLAS(on); break;
            default: context.setDeterministicAlgorithms(on, false); break;
        }
        return 0;
    });
}

PX_EXPORT int32_t px_manual_seed(int64_t seed) {
    return guarded(-1, [&] {
        at::manual_seed(static_cast<uint64_t>(seed));
        return 0;
    });
}

// The process-wide generator of a device; the handle is the caller's (px_generator_release).
PX_EXPORT px_generator px_generator_default(int32_t type, int32_t index) {
    return guarded(static_cast<px_generator>(nullptr), [&]() -> px_generator {
        c10::Device device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
        return new at::Generator(at::globalContext().defaultGenerator(device));
    });
}

PX_EXPORT px_generator px_generator_create(int32_t type, int32_t index, int64_t seed) {
    return guarded(static_cast<px_generator>(nullptr), [&]() -> px_generator {
        c10::Device device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
        at::Generator generator = device.is_cpu() ? at::make_generator<at::CPUGeneratorImpl>(static_cast<uint64_t>(seed))
                                                  : at::globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(static_cast<uint64_t>(seed));
        return new at::Generator(std::move(generator));
    });
}

PX_EXPORT void px_generator_release(px_generator generator) { delete static_cast<at::Generator*>(generator); }

PX_EXPORT int32_t px_generator_set_seed(px_generator generator, int64_t seed) {
    return guarded(-1, [&] {
        auto* target = static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(target->mutex());
        target->set_current_seed(static_cast<uint64_t>(seed));
        return 0;
    });
}

PX_EXPORT int64_t px_generator_seed(px_generator generator) {
    return guarded(static_cast<int64_t>(0),
                   [&] { return static_cast<int64_t>(static_cast<at::Generator*>(generator)->current_seed()); });
}

PX_EXPORT px_tensor px_generator_state(px_generator generator) {
    return guarded(static_cast<px_tensor>(nullptr), [&] {
        auto* source = static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(source->mutex());
        return give(source->get_state());
    });
}

PX_EXPORT int32_t px_generator_set_state(px_generator generator, px_tensor state) {
    return guarded(-1, [&] {
        auto* target = static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(target->mutex());
        target->set_state(pixelis::borrow(state));
        return 0;
    });
}
