// The C boundary of libpixelis_vision. Every function returns a PvStatus (or a handle with a status beside it);
// no C++ exception leaves the library. The text of a thread's last failure is read with pv_last_error.
#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#define PV_API extern "C" __attribute__((visibility("default")))

enum PvStatus : int32_t {
    PV_OK = 0,
    PV_BAD_DATA = 1,   // the bytes are damaged, or not what their header says
    PV_TOO_LARGE = 2,  // the decoder met more pixels than its caller allowed
    PV_NO_MEMORY = 3,
    PV_FAILED = 4,     // anything else
    PV_END = 5,        // no more frames
};

// Formats share their numbers with Pixelis.ImageFileFormat.
enum PvFormat : int32_t { PV_PNG = 0, PV_JPEG = 1, PV_WEBP = 2, PV_GIF = 3, PV_BMP = 4, PV_TIFF = 5 };

// A decoded picture: rows without padding, RGB or straight-alpha RGBA, 8 bits a channel.
struct PvImage {
    int32_t width = 0, height = 0, channels = 0;
    uint8_t* pixels = nullptr;
    ~PvImage();
    // Replaces the pixels by uninitialised memory of the given shape; throws std::bad_alloc.
    void allocate(int32_t w, int32_t h, int32_t c);
};

namespace pv {
// Thrown inside the library only; guard() turns it into a status.
struct Failure {
    PvStatus status;
    std::string message;
};

// While one lives, what this thread writes to std::cerr is dropped.
struct Quiet {
    Quiet();
    ~Quiet();
};

void set_last_error(const char* message) noexcept;
PvStatus report(const std::exception& e) noexcept;

// Runs the body and turns every exception into a status and a message.
template <typename Body>
int32_t guard(Body&& body) noexcept {
    try {
        body();
        return PV_OK;
    } catch (const Failure& f) {
        set_last_error(f.message.c_str());
        return f.status;
    } catch (const std::bad_alloc&) {
        set_last_error("out of memory");
        return PV_NO_MEMORY;
    } catch (const std::exception& e) {
        return report(e);
    } catch (...) {
        set_last_error("an unknown C++ exception");
        return PV_FAILED;
    }
}

// Decoders. `width` and `height` are what the caller read from the header and allowed:
// a decoder that finds another size refuses before it allocates.
void decode_png(const uint8_t* data, size_t length, int width, int height, PvImage& out);
void decode_webp(const uint8_t* data, size_t length, int width, int height, PvImage& out);
void decode_gif(const uint8_t* data, size_t length, int width, int height, PvImage& out);
void decode_jpeg(const uint8_t* data, size_t length, int width, int height, uint8_t* rgb);
void decode_with_opencv(const uint8_t* data, size_t length, int width, int height, PvImage& out);
}  // namespace pv
