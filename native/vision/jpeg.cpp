// JPEG over libjpeg-turbo itself: it decodes into the caller's memory in RGB order, tells a truncated stream from a damaged
// one, and leaves CMYK to us (OpenCV's conversion ignores whether the Adobe marker inverts it).
#include "vision.h"

#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>
#include <jerror.h>

namespace {
struct ErrorManager {
    jpeg_error_mgr base;
    std::jmp_buf escape;
    char message[JMSG_LENGTH_MAX];
};

// A progressive file can ask for thousands of passes over the whole picture; honest encoders write about ten.
constexpr int kMaxScans = 100;

void fail(j_common_ptr info) {
    auto* errors = reinterpret_cast<ErrorManager*>(info->err);
    errors->base.format_message(info, errors->message);
    std::longjmp(errors->escape, 1);
}

void on_message(j_common_ptr info, int level) {
    // A stream that ends early would be filled with grey; that is no picture to reason about.
    if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) fail(info);
}

void on_progress(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMaxScans) {
        auto* errors = reinterpret_cast<ErrorManager*>(info->err);
        std::snprintf(errors->message, sizeof errors->message, "more than %d progressive scans", kMaxScans);
        std::longjmp(errors->escape, 1);
    }
}

void no_output(j_common_ptr) {}

uint8_t product_over_255(int a, int b) {
    int t = a * b + 128;
    return static_cast<uint8_t>(((t >> 8) + t) >> 8);
}

// Adobe files store the complement of the ink; without that marker 0 means no ink.
void cmyk_row_to_rgb(const uint8_t* cmyk, uint8_t* rgb, int width, bool inverted) {
    int flip = inverted ? 0 : 255;
    for (int x = 0; x < width; x++, cmyk += 4, rgb += 3) {
        int paper = cmyk[3] ^ flip;
        for (int c = 0; c < 3; c++) rgb[c] = product_over_255(cmyk[c] ^ flip, paper);
    }
}

// C only between setjmp and longjmp: no object with a destructor may live in this frame.
bool decode(jpeg_decompress_struct& info, ErrorManager& errors, jpeg_progress_mgr& progress, const uint8_t* data, size_t length,
            int width, int height, uint8_t* rgb, uint8_t* cmyk_row) {
    if (setjmp(errors.escape)) return false;
    jpeg_create_decompress(&info);
    info.progress = &progress;
    jpeg_mem_src(&info, data, length);
    jpeg_read_header(&info, TRUE);
    if (static_cast<int>(info.image_width) != width || static_cast<int>(info.image_height) != height) {
        std::snprintf(errors.message, sizeof errors.message, "two headers disagree about the size");
        return false;
    }
    bool cmyk = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
    info.out_color_space = cmyk ? JCS_CMYK : JCS_EXT_RGB;
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
        uint8_t* row = rgb + static_cast<size_t>(info.output_scanline) * width * 3;
        JSAMPROW target = cmyk ? cmyk_row : row;
        jpeg_read_scanlines(&info, &target, 1);
        if (cmyk) cmyk_row_to_rgb(cmyk_row, row, width, info.saw_Adobe_marker);
    }
    jpeg_finish_decompress(&info);
    return true;
}
}  // namespace

void pv::decode_jpeg(const uint8_t* data, size_t length, int width, int height, uint8_t* rgb) {
    jpeg_decompress_struct info{};
    ErrorManager errors{};
    jpeg_progress_mgr scans{};
    std::vector<uint8_t> cmyk_row(static_cast<size_t>(width) * 4);
    info.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = fail;
    errors.base.emit_message = on_message;
    errors.base.output_message = no_output;
    scans.progress_monitor = on_progress;
    bool done = decode(info, errors, scans, data, length, width, height, rgb, cmyk_row.data());
    jpeg_destroy_decompress(&info);
    if (!done) throw Failure{PV_BAD_DATA, errors.message};
}
