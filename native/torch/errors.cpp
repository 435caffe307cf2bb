#include "shim.h"

#include <cstdlib>

namespace pixelis {

static thread_local std::string last_error;

void set_last_error(const char* text) {
    try {
        last_error = text;
    } catch (...) {
        // Out of memory while reporting: the previous text stays, the status still says that the call failed.
    }
}

}  // namespace pixelis

PX_EXPORT int32_t px_abi_version() { return PX_ABI_VERSION; }

PX_EXPORT const char* px_last_error() { return pixelis::last_error.c_str(); }

PX_EXPORT void px_free(void* memory) { std::free(memory); }
