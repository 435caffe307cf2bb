// cv::imdecode writes to std::cerr about every file it cannot read. A filter in front of std::cerr's buffer drops what the
// current thread writes while a Quiet object lives, and passes everything else on untouched.
#include "vision.h"

#include <iostream>
#include <streambuf>

namespace {
thread_local int muted = 0;

class Filter final : public std::streambuf {
public:
    explicit Filter(std::streambuf* inner) : inner_(inner) {}

protected:
    int overflow(int c) override { return muted ? traits_type::not_eof(c) : inner_->sputc(traits_type::to_char_type(c)); }
    std::streamsize xsputn(const char* text, std::streamsize n) override { return muted ? n : inner_->sputn(text, n); }
    int sync() override { return muted ? 0 : inner_->pubsync(); }

private:
    std::streambuf* inner_;
};

// Never freed: std::cerr is flushed after every destructor of ours has run.
__attribute__((constructor)) void install() { std::cerr.rdbuf(new Filter(std::cerr.rdbuf())); }
}  // namespace

pv::Quiet::Quiet() { muted++; }
pv::Quiet::~Quiet() { muted--; }
