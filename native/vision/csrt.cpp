// CSRT as OpenCV has it, with nothing around it: what the tracker of tracking.cpp is measured against.
#include "vision.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/tracking.hpp>

namespace {
class PlainTracker {
public:
    PlainTracker(const cv::Mat& rgb, const cv::Rect& box) : box_(box), size_(rgb.size()) {
        cv::cvtColor(rgb, bgr_, cv::COLOR_RGB2BGR);
        csrt_ = cv::TrackerCSRT::create();
        cv::setRNGSeed(0);
        csrt_->init(bgr_, box);
    }

    // Where CSRT reports a loss the last box stands.
    bool update(const cv::Mat& rgb, double* out) {
        if (rgb.size() != size_) throw pv::Failure{PV_FAILED, "all frames of a track have the same size"};
        cv::cvtColor(rgb, bgr_, cv::COLOR_RGB2BGR);
        cv::Rect found;
        const bool held = csrt_->update(bgr_, found);
        if (held) box_ = found;
        out[0] = box_.x; out[1] = box_.y; out[2] = box_.width; out[3] = box_.height;
        return held;
    }

private:
    cv::Ptr<cv::TrackerCSRT> csrt_;
    cv::Rect box_;
    cv::Size size_;
    cv::Mat bgr_;
};
}  // namespace

// Arguments as those of pv_tracker_open and pv_tracker_update.
PV_API int32_t pv_csrt_open(const uint8_t* rgb, int32_t width, int32_t height, const int32_t* box, void** tracker) {
    return pv::guard([&] {
        *tracker = nullptr;
        const cv::Rect given = cv::Rect(box[0], box[1], box[2], box[3]) & cv::Rect(0, 0, width, height);
        if (given.width < 4 || given.height < 4) throw pv::Failure{PV_FAILED, "a track needs a box of at least 4 x 4 pixels inside the frame"};
        *tracker = new PlainTracker(cv::Mat(height, width, CV_8UC3, const_cast<uint8_t*>(rgb)), given);
    });
}

PV_API int32_t pv_csrt_update(void* tracker, const uint8_t* rgb, int32_t width, int32_t height, double* box, int32_t* visible) {
    return pv::guard([&] {
        *visible = static_cast<PlainTracker*>(tracker)->update(cv::Mat(height, width, CV_8UC3, const_cast<uint8_t*>(rgb)), box) ? 1 : 0;
    });
}

PV_API void pv_csrt_close(void* tracker) { delete static_cast<PlainTracker*>(tracker); }
