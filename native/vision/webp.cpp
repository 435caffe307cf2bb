// WebP over libwebp itself: OpenCV 4.6 refuses animations, of which we take the first frame.
#include "vision.h"

#include <cstring>
#include <memory>

#include <webp/decode.h>
#include <webp/demux.h>

static void decode_first_frame(const uint8_t* data, size_t length, PvImage& out) {
    WebPAnimDecoderOptions options;
    if (!WebPAnimDecoderOptionsInit(&options)) throw pv::Failure{PV_FAILED, "libwebp has another version than its headers"};
    options.color_mode = MODE_RGBA;
    WebPData source{data, length};
    std::unique_ptr<WebPAnimDecoder, void (*)(WebPAnimDecoder*)> decoder(WebPAnimDecoderNew(&source, &options), WebPAnimDecoderDelete);
    uint8_t* frame = nullptr;
    int timestamp = 0;
    WebPAnimInfo info;
    if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &info) || static_cast<int>(info.canvas_width) != out.width ||
        static_cast<int>(info.canvas_height) != out.height || !WebPAnimDecoderGetNext(decoder.get(), &frame, &timestamp))
        throw pv::Failure{PV_BAD_DATA, "the first frame of the animation cannot be decoded"};
    std::memcpy(out.pixels, frame, static_cast<size_t>(out.width) * out.height * 4);
}

void pv::decode_webp(const uint8_t* data, size_t length, int width, int height, PvImage& out) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(data, length, &features) != VP8_STATUS_OK) throw Failure{PV_BAD_DATA, "the WebP header cannot be read"};
    if (features.width != width || features.height != height) throw Failure{PV_BAD_DATA, "two headers disagree about the size"};
    bool rgba = features.has_alpha || features.has_animation;
    out.allocate(width, height, rgba ? 4 : 3);
    size_t stride = static_cast<size_t>(width) * out.channels, bytes = stride * height;
    if (features.has_animation) {
        decode_first_frame(data, length, out);
        return;
    }
    auto* decoded = rgba ? WebPDecodeRGBAInto(data, length, out.pixels, bytes, static_cast<int>(stride))
                         : WebPDecodeRGBInto(data, length, out.pixels, bytes, static_cast<int>(stride));
    if (!decoded) throw Failure{PV_BAD_DATA, "the WebP stream is damaged or ends too early"};
}
