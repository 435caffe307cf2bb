// PNG over libpng itself: silent, bounded in what ancillary chunks may cost, and with exact rounding of 16 bit samples.
#include "vision.h"

#include <csetjmp>
#include <cstring>
#include <memory>

#include <png.h>

namespace {
struct Reader {
    const uint8_t* data;
    size_t left;
    std::jmp_buf escape;
    char message[200];
};

[[noreturn]] void fail(png_structp png, png_const_charp message) {
    auto* reader = static_cast<Reader*>(png_get_error_ptr(png));
    std::strncpy(reader->message, message, sizeof reader->message - 1);
    std::longjmp(reader->escape, 1);
}

void ignore(png_structp, png_const_charp) {}

void read(png_structp png, png_bytep target, size_t count) {
    auto* reader = static_cast<Reader*>(png_get_io_ptr(png));
    if (count > reader->left) png_error(png, "the file ends too early");
    std::memcpy(target, reader->data, count);
    reader->data += count;
    reader->left -= count;
}

// Colour profiles and texts are not used, and their decompression is a bomb of its own: skip them unread.
const png_byte kSkipped[] = {'i', 'C', 'C', 'P', 0, 'i', 'T', 'X', 't', 0, 't', 'E', 'X', 't', 0, 'z', 'T', 'X', 't', 0,
                             's', 'P', 'L', 'T', 0, 'e', 'X', 'I', 'f', 0, 'h', 'I', 'S', 'T', 0, 'p', 'C', 'A', 'L', 0,
                             's', 'C', 'A', 'L', 0};

// Returns the number of channels after expansion.
int read_header(png_structp png, png_infop info, Reader& reader, int width, int height) {
    if (setjmp(reader.escape)) return 0;
    png_set_read_fn(png, &reader, read);
    png_set_user_limits(png, width, height);
    png_set_chunk_malloc_max(png, 4 << 20);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, kSkipped, sizeof kSkipped / 5);
    png_read_info(png, info);
    if (static_cast<int>(png_get_image_width(png, info)) != width || static_cast<int>(png_get_image_height(png, info)) != height)
        png_error(png, "two headers disagree about the size");
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_set_scale_16(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    return png_get_channels(png, info);
}

bool read_pixels(png_structp png, Reader& reader, png_bytep* rows) {
    if (setjmp(reader.escape)) return false;
    png_read_image(png, rows);
    png_read_end(png, nullptr);
    return true;
}

struct Session {
    png_structp png = nullptr;
    png_infop info = nullptr;
    ~Session() { png_destroy_read_struct(&png, &info, nullptr); }
};
}  // namespace

void pv::decode_png(const uint8_t* data, size_t length, int width, int height, PvImage& out) {
    auto reader = std::make_unique<Reader>();
    reader->data = data;
    reader->left = length;
    reader->message[0] = 0;
    Session session;
    session.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader.get(), fail, ignore);
    if (!session.png) throw std::bad_alloc();
    session.info = png_create_info_struct(session.png);
    if (!session.info) throw std::bad_alloc();
    int channels = read_header(session.png, session.info, *reader, width, height);
    if (channels != 3 && channels != 4) throw Failure{PV_BAD_DATA, reader->message};
    out.allocate(width, height, channels);
    std::vector<png_bytep> rows(height);
    for (int y = 0; y < height; y++) rows[y] = out.pixels + static_cast<size_t>(y) * width * channels;
    if (!read_pixels(session.png, *reader, rows.data())) throw Failure{PV_BAD_DATA, reader->message};
}
