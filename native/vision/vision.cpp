#include "vision.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <algorithm>
#include <thread>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>

static thread_local char last_error[512];

PvImage::~PvImage() { std::free(pixels); }

void PvImage::allocate(int32_t w, int32_t h, int32_t c) {
    std::free(pixels);
    pixels = static_cast<uint8_t*>(std::malloc(static_cast<size_t>(w) * h * c));
    if (!pixels) throw std::bad_alloc();
    width = w;
    height = h;
    channels = c;
}

namespace pv {
void set_last_error(const char* message) noexcept {
    std::strncpy(last_error, message, sizeof last_error - 1);
    last_error[sizeof last_error - 1] = 0;
}

PvStatus report(const std::exception& e) noexcept {
    if (auto* cv_error = dynamic_cast<const cv::Exception*>(&e)) {
        set_last_error(cv_error->err.c_str());
        return cv_error->code == cv::Error::StsNoMem ? PV_NO_MEMORY : PV_BAD_DATA;
    }
    set_last_error(e.what());
    return PV_FAILED;
}

// Runs when the library is loaded. Damaged files are ordinary input, reported through statuses: the libraries below
// must not write about them to the host's standard error. What the user has set in the environment stays.
__attribute__((constructor)) static void quieten() {
    setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 0);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    cv::redirectError([](int, const char*, const char*, const char*, int, void*) { return 0; });
    // More threads than this bring nothing on single pictures and take cores from the model.
    cv::setNumThreads(static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 4u)));
}
}  // namespace pv

PV_API const char* pv_last_error() { return last_error; }
PV_API const char* pv_opencv_version() { return CV_VERSION; }
PV_API int32_t pv_abi_version() { return 1; }
PV_API int32_t pv_set_threads(int32_t count) {
    return pv::guard([&] { cv::setNumThreads(count); });
}
