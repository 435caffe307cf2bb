// One object through the frames of a clip: CSRT follows, an appearance memory judges whether it still holds the object,
// and a search over the whole frame finds it again. Or CSRT as OpenCV has it, with nothing around it: what that is measured against.
#include "vision.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <opencv2/imgproc.hpp>
#include <opencv2/tracking.hpp>

namespace {
constexpr double PatchSide = 32;    // the memory's patches have this longest side
constexpr double SearchSide = 20;   // in the search, the object's shorter side is brought to this many pixels
constexpr double DoubtBelow = 0.30; // a frame less like the last ones than this counts against the track
constexpr double TrustFrom = 0.55;  // resemblance at which a lost object is taken as found
constexpr double FindMargin = 0.15; // ... when it also exceeds that of what CSRT holds by this
constexpr int DoubtsUntilLost = 3;
constexpr int SearchEvery = 3;      // lost frames between searches, for time
constexpr size_t ShortMemory = 10;  // frames that a patch must have survived before it counts as proven
constexpr int ProvenEvery = 10;     // frames between proven patches
constexpr size_t ProvenMemory = 3;

// What is known of the object: its first patch, patches that later frames have confirmed, and the last frames'.
struct Memory {
    cv::Mat first;
    std::deque<cv::Mat> proven;
    std::deque<cv::Mat> last;
};

cv::Rect2d within(const cv::Rect2d& box, cv::Size size) { return box & cv::Rect2d(0, 0, size.width, size.height); }

// The grey patch under a box; parts outside the frame repeat its edge. Equal in size for every box of a track.
cv::Mat patch_of(const cv::Mat& grey, const cv::Rect2d& box, cv::Size size) {
    cv::Mat map = (cv::Mat_<double>(2, 3) << box.width / size.width, 0, box.x + 0.5 * box.width / size.width - 0.5, 0,
                   box.height / size.height, box.y + 0.5 * box.height / size.height - 0.5);
    cv::Mat out;
    cv::warpAffine(grey, out, map, size, cv::INTER_AREA | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    return out;
}

// Zero-mean normalised correlation: the same under any change of brightness and contrast.
double alike(const cv::Mat& a, const cv::Mat& b) {
    cv::Mat score;
    cv::matchTemplate(a, b, score, cv::TM_CCOEFF_NORMED);
    const float v = score.at<float>(0);
    return std::isfinite(v) ? v : 0;
}

cv::Mat turned(const cv::Mat& patch, double degrees) {
    if (degrees == 0) return patch;
    cv::Mat out;
    cv::warpAffine(patch, out, cv::getRotationMatrix2D({(patch.cols - 1) / 2.0f, (patch.rows - 1) / 2.0f}, degrees, 1.0), patch.size(),
                   cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return out;
}

// A track between two calls. update: the box (it may reach beyond the frame), whether the object is seen, and how sure that is, 0..1.
class Track {
public:
    virtual ~Track() = default;
    virtual void update(const cv::Mat& rgb, double* box, int32_t* visible, double* score) = 0;
};

class PlainTracker final : public Track {
public:
    PlainTracker(const cv::Mat& rgb, const cv::Rect& box) : box_(box) {
        cv::cvtColor(rgb, bgr_, cv::COLOR_RGB2BGR);
        csrt_ = cv::TrackerCSRT::create();
        cv::setRNGSeed(0);
        csrt_->init(bgr_, box);
    }

    // Where CSRT reports a loss the last box stands.
    void update(const cv::Mat& rgb, double* out, int32_t* visible, double* score) override {
        cv::cvtColor(rgb, bgr_, cv::COLOR_RGB2BGR);
        cv::Rect found;
        const bool held = csrt_->update(bgr_, found);
        if (held) box_ = found;
        out[0] = box_.x; out[1] = box_.y; out[2] = box_.width; out[3] = box_.height;
        *visible = held ? 1 : 0;
        *score = held ? 1 : 0;
    }

private:
    cv::Ptr<cv::TrackerCSRT> csrt_;
    cv::Rect box_;
    cv::Mat bgr_;
};

class ObjectTracker final : public Track {
public:
    ObjectTracker(const cv::Mat& rgb, const cv::Rect& box) : box_(box), steady_(box), size_(rgb.size()) {
        const double f = PatchSide / std::max(box.width, box.height);
        patch_ = {std::max(6, (int)std::lround(box.width * f)), std::max(6, (int)std::lround(box.height * f))};
        prepare(rgb);
        coloured_ = has_colour(rgb);
        start(box);
        memory_.first = look(box_).clone();
        if (coloured_) colours_ = colours_of(box_);
    }

    void update(const cv::Mat& rgb, double* out, int32_t* visible, double* score) override {
        prepare(rgb);
        ++frame_;
        cv::Rect found;
        const bool held = csrt_->update(bgr_, found);
        if (held) box_ = found;
        const double likeness = doubts_ < DoubtsUntilLost ? follow(held) : seek(held);
        out[0] = box_.x; out[1] = box_.y; out[2] = box_.width; out[3] = box_.height;
        *visible = doubts_ < DoubtsUntilLost && inside(box_) ? 1 : 0;
        *score = std::clamp(likeness, 0.0, 1.0);
    }

private:
    void prepare(const cv::Mat& rgb) {
        cv::cvtColor(rgb, bgr_, cv::COLOR_RGB2BGR);
        cv::cvtColor(rgb, grey_, cv::COLOR_RGB2GRAY);
    }

    // CSRT's spatial reliability map rests on colour histograms. On grey footage they hold brightness alone, and the first
    // change of light makes the map, and then the track, wrong: there the map is left out.
    static bool has_colour(const cv::Mat& rgb) {
        cv::Mat lab;
        cv::resize(rgb, lab, {64, 64}, 0, 0, cv::INTER_AREA);
        cv::cvtColor(lab, lab, cv::COLOR_RGB2Lab);
        std::vector<cv::Mat> planes;
        cv::split(lab, planes);
        cv::Mat a, b;
        cv::absdiff(planes[1], 128, a);
        cv::absdiff(planes[2], 128, b);
        return cv::mean(a)[0] + cv::mean(b)[0] > 3;
    }

    void start(const cv::Rect& box) {
        cv::TrackerCSRT::Params parameters;
        parameters.use_segmentation = coloured_;
        csrt_ = cv::TrackerCSRT::create(parameters);
        cv::setRNGSeed(0);
        csrt_->init(bgr_, box);
    }

    // The patch under a box, from a picture blurred so that sampling does not alias.
    cv::Mat look(const cv::Rect2d& box) const {
        const double f = std::max(box.width / patch_.width, box.height / patch_.height);
        if (f < 2) return patch_of(grey_, box, patch_);
        const int k = (int)(f / 2) * 2 + 1;
        const cv::Rect around = cv::Rect((int)box.x - k, (int)box.y - k, (int)box.width + 2 * k + 2, (int)box.height + 2 * k + 2) & cv::Rect({0, 0}, size_);
        if (around.empty()) return patch_of(grey_, box, patch_);
        cv::Mat calm;
        cv::blur(grey_(around), calm, {k, k});
        return patch_of(calm, {box.x - around.x, box.y - around.y, box.width, box.height}, patch_);
    }

    // Histogram of chroma (Lab's a and b) under a box: brightness, which light changes, stays out.
    cv::Mat colours_of(const cv::Rect2d& box) const {
        const cv::Rect part = cv::Rect(box) & cv::Rect({0, 0}, size_);
        if (part.empty()) return {};
        cv::Mat lab, histogram;
        cv::resize(bgr_(part), lab, patch_, 0, 0, cv::INTER_AREA);
        cv::cvtColor(lab, lab, cv::COLOR_BGR2Lab);
        const int channels[] = {1, 2}, bins[] = {24, 24};
        const float chroma[] = {64, 192};
        const float* ranges[] = {chroma, chroma};
        cv::calcHist(&lab, 1, channels, {}, histogram, 2, bins, ranges);
        cv::GaussianBlur(histogram, histogram, {3, 3}, 0);
        return histogram / std::max(1.0, cv::sum(histogram)[0]);
    }

    bool inside(const cv::Rect2d& box) const { return within(box, size_).area() >= 0.3 * box.area(); }

    // Follows while the object changes no faster from frame to frame than an object does.
    double follow(bool held) {
        double likeness = 0;
        if (held && inside(box_)) {
            const cv::Mat seen = look(box_);
            likeness = alike(seen, memory_.first);
            for (const auto& m : memory_.last) likeness = std::max(likeness, alike(seen, m));
            if (likeness >= DoubtBelow) remember(seen);
        }
        if (likeness >= DoubtBelow) {
            doubts_ = 0;
            steady_ = box_;
        } else if (++doubts_ == DoubtsUntilLost) {
            memory_.last.clear();
        }
        return likeness;
    }

    void remember(const cv::Mat& seen) {
        memory_.last.push_back(seen.clone());
        if (memory_.last.size() <= ShortMemory) return;
        if (frame_ % ProvenEvery == 0) memory_.proven.push_back(memory_.last.front());
        if (memory_.proven.size() > ProvenMemory) memory_.proven.pop_front();
        memory_.last.pop_front();
    }

    // Likeness to the first and the proven patches, less what the colours lack.
    double resemblance(const cv::Rect2d& box) const {
        if (!inside(box)) return 0;
        const cv::Mat seen = look(box);
        double likeness = 0;
        for (double degrees : {0.0, -15.0, 15.0}) {
            likeness = std::max(likeness, alike(seen, turned(memory_.first, degrees)));
            for (const auto& m : memory_.proven) likeness = std::max(likeness, alike(seen, turned(m, degrees)));
        }
        if (!coloured_) return likeness;
        const cv::Mat found = colours_of(box);
        cv::Mat common;
        cv::sqrt(found.mul(colours_), common);
        return likeness - 0.6 * (1 - cv::sum(common)[0]);
    }

    double seek(bool held) {
        ++doubts_;
        const double holding = held ? resemblance(box_) : 0;
        if (holding >= TrustFrom) return found(box_, holding, false);
        if (doubts_ % SearchEvery != 0) return holding;
        cv::Rect best;
        double most = 0;
        for (const cv::Rect& place : search()) {
            const double here = resemblance(place);
            if (here > most) most = here, best = place;
        }
        if (most < TrustFrom || most < holding + FindMargin) return holding;
        return found(best, most, true);
    }

    double found(const cv::Rect& box, double likeness, bool anew) {
        doubts_ = 0;
        box_ = steady_ = box;
        memory_.last.assign(1, look(box).clone());
        if (anew) start(box & cv::Rect({0, 0}, size_));
        return likeness;
    }

    // The most likely places in the whole frame, one for each known patch, size and turn.
    std::vector<cv::Rect> search() const {
        std::vector<cv::Mat> known{memory_.first};
        if (!memory_.proven.empty()) known.push_back(memory_.proven.back());
        const double f = std::min(1.0, SearchSide / std::min(steady_.width, steady_.height));
        cv::Mat small;
        cv::resize(grey_, small, {}, f, f, cv::INTER_AREA);
        std::vector<std::pair<double, cv::Rect>> places;
        for (const cv::Mat& k : known)
            for (double degrees : {0.0, -20.0, 20.0})
                for (double s : {0.6, 0.75, 0.9, 1.1, 1.35}) {
                    const cv::Size t(std::max(4, (int)std::lround(steady_.width * f * s)), std::max(4, (int)std::lround(steady_.height * f * s)));
                    if (t.width > small.cols || t.height > small.rows) continue;
                    cv::Mat model, map;
                    cv::resize(turned(k, degrees), model, t, 0, 0, cv::INTER_AREA);
                    cv::matchTemplate(small, model, map, cv::TM_CCOEFF_NORMED);
                    for (int n = 0; n < 2; ++n) {
                        double top;
                        cv::Point at;
                        cv::minMaxLoc(map, nullptr, &top, nullptr, &at);
                        if (!std::isfinite(top) || top < 0.4) break;
                        places.push_back({top, cv::Rect((int)(at.x / f), (int)(at.y / f), (int)(t.width / f), (int)(t.height / f))});
                        cv::circle(map, at, std::max(2, t.width / 3), cv::Scalar(-1), -1);
                    }
                }
        std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<cv::Rect> out;
        for (size_t i = 0; i < std::min<size_t>(places.size(), 12); ++i) out.push_back(places[i].second);
        return out;
    }

    cv::Ptr<cv::TrackerCSRT> csrt_;
    cv::Rect box_, steady_;  // the last box; the last one that was not doubted
    cv::Size size_, patch_;
    cv::Mat bgr_, grey_, colours_;
    Memory memory_;
    bool coloured_ = true;
    int frame_ = 0, doubts_ = 0;
};
}  // namespace

// Starts a track: rgb has width * height * 3 bytes, box is x, y, width, height inside the frame. plain: 1 for CSRT alone.
PV_API int32_t pv_tracker_open(const uint8_t* rgb, int32_t width, int32_t height, const int32_t* box, int32_t plain, void** tracker) {
    return pv::guard([&] {
        *tracker = nullptr;
        const cv::Rect given = cv::Rect(box[0], box[1], box[2], box[3]) & cv::Rect(0, 0, width, height);
        if (given.width < 4 || given.height < 4) throw pv::Failure{PV_FAILED, "a track needs a box of at least 4 x 4 pixels inside the frame"};
        const cv::Mat frame(height, width, CV_8UC3, const_cast<uint8_t*>(rgb));
        *tracker = plain != 0 ? static_cast<Track*>(new PlainTracker(frame, given)) : new ObjectTracker(frame, given);
    });
}

// Frames have the size of the first. box: x, y, width, height, may reach beyond the frame. score: likeness to what is known of the object, 0..1.
PV_API int32_t pv_tracker_update(void* tracker, const uint8_t* rgb, int32_t width, int32_t height, double* box, int32_t* visible, double* score) {
    return pv::guard([&] {
        static_cast<Track*>(tracker)->update(cv::Mat(height, width, CV_8UC3, const_cast<uint8_t*>(rgb)), box, visible, score);
    });
}

PV_API void pv_tracker_close(void* tracker) { delete static_cast<Track*>(tracker); }
