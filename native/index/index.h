// The C boundary of libpixelis_index. Every function returns a PiStatus; no C++ exception leaves the library. The text of a
// thread's last failure is read with pi_last_error.
#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>
#include <string>

#define PI_API extern "C" __attribute__((visibility("default")))

enum PiStatus : int32_t {
    PI_OK = 0,
    PI_BAD_DATA = 1,  // a snapshot that is damaged, or of another shape
    PI_NO_MEMORY = 2,
    PI_IO = 3,  // a file that cannot be read or written
    PI_CANCELLED = 4,
    PI_FAILED = 5,  // anything else
};

namespace pi {
// Thrown inside the library only; guard() turns it into a status.
struct Failure {
    PiStatus status;
    std::string message;
};

void set_last_error(const char* message) noexcept;

// Runs the body and turns every exception into a status and a message.
template <typename Body>
int32_t guard(Body&& body) noexcept {
    try {
        body();
        return PI_OK;
    } catch (const Failure& f) {
        set_last_error(f.message.c_str());
        return f.status;
    } catch (const std::bad_alloc&) {
        set_last_error("out of memory");
        return PI_NO_MEMORY;
    } catch (const std::exception& e) {
        set_last_error(e.what());
        return PI_FAILED;
    } catch (...) {
        set_last_error("an unknown C++ exception");
        return PI_FAILED;
    }
}

// 1 - <a, b> over *dimension floats, by the best instructions this processor has.
using Distance = float (*)(const void* a, const void* b, const void* dimension);
Distance inner_product_distance() noexcept;
}  // namespace pi
