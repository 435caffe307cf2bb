// Decoding and encoding behind handles. Which decoder runs depends on the format the caller found in the header.
#include "vision.h"

#include <cstring>
#include <memory>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace pv {
static void to_eight_bits(cv::Mat& image) {
    if (image.depth() == CV_16U) {
        cv::Mat scaled;
        image.convertTo(scaled, CV_8U, 255.0 / 65535.0);  // rounds to nearest
        image = scaled;
    }
    if (image.depth() != CV_8U)
        throw Failure{PV_BAD_DATA, "the samples are neither 8 nor 16 bit integers"};
}

void decode_with_opencv(const uint8_t* data, size_t length, int width, int height, PvImage& out) {
    Quiet quiet;
    if (length > INT32_MAX) throw Failure{PV_TOO_LARGE, "the file is larger than 2 GiB"};
    cv::Mat encoded(1, static_cast<int>(length), CV_8U, const_cast<uint8_t*>(data));
    cv::Mat image = cv::imdecode(encoded, cv::IMREAD_UNCHANGED);
    if (image.empty()) throw Failure{PV_BAD_DATA, "the picture cannot be decoded"};
    bool as_told = image.cols == width && image.rows == height;
    bool turned = image.cols == height && image.rows == width;
    if (!as_told && !turned) throw Failure{PV_BAD_DATA, "the picture has another size than its header"};
    to_eight_bits(image);
    int channels = image.channels() == 4 ? 4 : 3;
    out.allocate(image.cols, image.rows, channels);
    cv::Mat target(image.rows, image.cols, CV_8UC(channels), out.pixels);
    switch (image.channels()) {
        case 1: cv::cvtColor(image, target, cv::COLOR_GRAY2RGB); break;
        case 3: cv::cvtColor(image, target, cv::COLOR_BGR2RGB); break;
        case 4: cv::cvtColor(image, target, cv::COLOR_BGRA2RGBA); break;
        default: throw Failure{PV_BAD_DATA, "the picture has neither 1, 3 nor 4 channels"};
    }
    if (target.data != out.pixels) throw Failure{PV_FAILED, "the colour conversion moved its output"};
}

static const char* extension(int32_t format) {
    switch (format) {
        case PV_PNG: return ".png";
        case PV_JPEG: return ".jpg";
        case PV_WEBP: return ".webp";
        case PV_BMP: return ".bmp";
        case PV_TIFF: return ".tiff";
        default: throw Failure{PV_FAILED, "this format cannot be written"};
    }
}

static std::vector<int> parameters(int32_t format, int32_t quality) {
    switch (format) {
        case PV_PNG: return {cv::IMWRITE_PNG_COMPRESSION, 3};
        case PV_JPEG: return {cv::IMWRITE_JPEG_QUALITY, quality};
        case PV_WEBP: return {cv::IMWRITE_WEBP_QUALITY, quality >= 100 ? 101 : quality};  // above 100 OpenCV writes lossless
        default: return {};
    }
}
}  // namespace pv

PV_API int32_t pv_decode(const uint8_t* data, int64_t length, int32_t format, int32_t width, int32_t height, PvImage** image) {
    *image = nullptr;
    return pv::guard([&] {
        auto out = std::make_unique<PvImage>();
        auto size = static_cast<size_t>(length);
        switch (format) {
            case PV_PNG: pv::decode_png(data, size, width, height, *out); break;
            case PV_WEBP: pv::decode_webp(data, size, width, height, *out); break;
            case PV_GIF: pv::decode_gif(data, size, width, height, *out); break;
            case PV_JPEG:
                out->allocate(width, height, 3);
                pv::decode_jpeg(data, size, width, height, out->pixels);
                break;
            default: pv::decode_with_opencv(data, size, width, height, *out); break;
        }
        *image = out.release();
    });
}

// A JPEG is always RGB here, so it goes straight into the caller's `width * height * 3` bytes.
PV_API int32_t pv_decode_jpeg(const uint8_t* data, int64_t length, int32_t width, int32_t height, uint8_t* rgb) {
    return pv::guard([&] { pv::decode_jpeg(data, static_cast<size_t>(length), width, height, rgb); });
}

PV_API void pv_image_shape(const PvImage* image, int32_t* width, int32_t* height, int32_t* channels) {
    *width = image->width;
    *height = image->height;
    *channels = image->channels;
}

PV_API const uint8_t* pv_image_pixels(const PvImage* image) { return image->pixels; }
PV_API void pv_image_free(PvImage* image) { delete image; }

PV_API int32_t pv_encode(const uint8_t* pixels, int32_t width, int32_t height, int32_t channels, int32_t format,
                         int32_t quality, std::vector<uint8_t>** encoded) {
    *encoded = nullptr;
    return pv::guard([&] {
        cv::Mat source(height, width, CV_8UC(channels), const_cast<uint8_t*>(pixels));
        cv::Mat swapped;
        cv::cvtColor(source, swapped, channels == 4 ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
        auto out = std::make_unique<std::vector<uint8_t>>();
        if (!cv::imencode(pv::extension(format), swapped, *out, pv::parameters(format, quality)))
            throw pv::Failure{PV_FAILED, "OpenCV could not write the picture"};
        *encoded = out.release();
    });
}

PV_API int64_t pv_bytes_length(const std::vector<uint8_t>* bytes) { return static_cast<int64_t>(bytes->size()); }
PV_API const uint8_t* pv_bytes_data(const std::vector<uint8_t>* bytes) { return bytes->data(); }
PV_API void pv_bytes_free(std::vector<uint8_t>* bytes) { delete bytes; }
