// The first picture of a GIF, laid on its logical screen. OpenCV 4.6 reads no GIF, so this rests on giflib.
// Pixels that the picture leaves open or marks as transparent have alpha 0; a picture without any becomes RGB.
#include "vision.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <gif_lib.h>

namespace {
struct Source {
    const uint8_t* data;
    size_t left;
};

int read(GifFileType* gif, GifByteType* target, int count) {
    auto* source = static_cast<Source*>(gif->UserData);
    size_t taken = std::min(source->left, static_cast<size_t>(std::max(count, 0)));
    std::memcpy(target, source->data, taken);
    source->data += taken;
    source->left -= taken;
    return static_cast<int>(taken);
}

struct Closer {
    void operator()(GifFileType* gif) const {
        int ignored;
        DGifCloseFile(gif, &ignored);
    }
};

[[noreturn]] void fail(const char* what) { throw pv::Failure{PV_BAD_DATA, what}; }

// Reads blocks up to the first picture and returns its transparent index, or -1.
int seek_first_picture(GifFileType* gif) {
    int transparent = -1;
    for (;;) {
        GifRecordType record;
        if (DGifGetRecordType(gif, &record) == GIF_ERROR || record == TERMINATE_RECORD_TYPE) fail("the GIF holds no picture");
        if (record == IMAGE_DESC_RECORD_TYPE) return transparent;
        if (record != EXTENSION_RECORD_TYPE) fail("an unknown GIF block");
        int code;
        GifByteType* block;
        if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) fail("a damaged GIF extension");
        GraphicsControlBlock control;
        if (code == GRAPHICS_EXT_FUNC_CODE && block && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
            transparent = control.TransparentColor;
        while (block)
            if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) fail("a damaged GIF extension");
    }
}

bool paint_row(const GifByteType* indices, int count, const ColorMapObject& colours, int transparent, uint8_t* rgba) {
    bool open = false;
    for (int x = 0; x < count; x++, rgba += 4) {
        int index = indices[x];
        if (index == transparent) {
            open = true;
            continue;
        }
        if (index >= colours.ColorCount) fail("a GIF pixel outside the palette");
        const GifColorType& colour = colours.Colors[index];
        rgba[0] = colour.Red;
        rgba[1] = colour.Green;
        rgba[2] = colour.Blue;
        rgba[3] = 255;
    }
    return open;
}

// Returns whether any pixel of the picture is transparent.
bool paint_picture(GifFileType* gif, const ColorMapObject& colours, int transparent, PvImage& out) {
    const GifImageDesc& picture = gif->Image;
    std::vector<GifByteType> row(picture.Width);
    static const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    bool open = false;
    for (int pass = 0; pass < (picture.Interlace ? 4 : 1); pass++) {
        int step = picture.Interlace ? steps[pass] : 1;
        for (int y = picture.Interlace ? starts[pass] : 0; y < picture.Height; y += step) {
            if (DGifGetLine(gif, row.data(), picture.Width) == GIF_ERROR) fail("the GIF ends too early or is damaged");
            size_t at = (static_cast<size_t>(picture.Top + y) * out.width + picture.Left) * 4;
            open |= paint_row(row.data(), picture.Width, colours, transparent, out.pixels + at);
        }
    }
    return open;
}

void drop_alpha(PvImage& rgba) {
    size_t count = static_cast<size_t>(rgba.width) * rgba.height;
    for (size_t i = 0; i < count; i++) std::memmove(rgba.pixels + i * 3, rgba.pixels + i * 4, 3);
    rgba.channels = 3;
}
}  // namespace

void pv::decode_gif(const uint8_t* data, size_t length, int width, int height, PvImage& out) {
    Source source{data, length};
    int error = 0;
    std::unique_ptr<GifFileType, Closer> gif(DGifOpen(&source, read, &error));
    if (!gif) fail("the GIF header cannot be read");
    int transparent = seek_first_picture(gif.get());
    if (DGifGetImageDesc(gif.get()) == GIF_ERROR) fail("a damaged GIF picture header");
    const GifImageDesc& picture = gif->Image;
    const ColorMapObject* colours = picture.ColorMap ? picture.ColorMap : gif->SColorMap;
    if (!colours) fail("the GIF has no palette");
    if (picture.Width <= 0 || picture.Height <= 0 || picture.Left < 0 || picture.Top < 0 ||
        picture.Left + picture.Width > width || picture.Top + picture.Height > height)
        fail("the GIF picture lies outside its screen");
    out.allocate(width, height, 4);
    std::memset(out.pixels, 0, static_cast<size_t>(width) * height * 4);
    bool covers = picture.Width == width && picture.Height == height;
    bool open = paint_picture(gif.get(), *colours, transparent, out);
    if (covers && !open) drop_alpha(out);
}
