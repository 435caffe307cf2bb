// Video over OpenCV's FFmpeg backend: one frame after the other, as stored (the caller applies the rotation).
#include "vision.h"

#include <cmath>
#include <memory>

#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

struct PvVideo {
    cv::VideoCapture capture;
    cv::Mat frame;
    double frame_milliseconds = 0;
    double last = -1;
};

struct PvVideoWriter {
    cv::VideoWriter writer;
    cv::Mat swapped;
    int width, height;
};

struct PvVideoInfo {
    double frames_per_second;  // 0 when the file does not say
    double frame_count;        // an estimate from the header; 0 or less when the file does not say
    int32_t width, height;     // as stored
    int32_t rotation;          // degrees clockwise that make a frame upright
};

// Degrees clockwise that make a frame upright. Up to 4.6 OpenCV gives the display matrix's own, counter-clockwise angle.
static int32_t rotation_of(cv::VideoCapture& capture) {
    int angle = static_cast<int>(std::lround(capture.get(cv::CAP_PROP_ORIENTATION_META)));
#if CV_VERSION_MAJOR == 4 && CV_VERSION_MINOR < 7
    angle = -angle;
#endif
    return ((angle % 360) + 360) % 360;
}

PV_API int32_t pv_video_open(const char* path, PvVideo** video, PvVideoInfo* info) {
    *video = nullptr;
    return pv::guard([&] {
        auto v = std::make_unique<PvVideo>();
        if (!v->capture.open(path, cv::CAP_FFMPEG) || !v->capture.isOpened())
            throw pv::Failure{PV_BAD_DATA, "FFmpeg finds no video stream that it can decode"};
        v->capture.set(cv::CAP_PROP_ORIENTATION_AUTO, 0);
        info->frames_per_second = v->capture.get(cv::CAP_PROP_FPS);
        info->frame_count = v->capture.get(cv::CAP_PROP_FRAME_COUNT);
        info->width = static_cast<int32_t>(v->capture.get(cv::CAP_PROP_FRAME_WIDTH));
        info->height = static_cast<int32_t>(v->capture.get(cv::CAP_PROP_FRAME_HEIGHT));
        info->rotation = rotation_of(v->capture);
        if (info->frames_per_second > 0) v->frame_milliseconds = 1000 / info->frames_per_second;
        *video = v.release();
    });
}

// Decodes the next frame without converting it; `milliseconds` is its presentation time.
PV_API int32_t pv_video_grab(PvVideo* video, double* milliseconds) {
    int32_t status = PV_OK;
    int32_t guarded = pv::guard([&] {
        if (!video->capture.grab()) {
            status = PV_END;
            return;
        }
        // Frames that the decoder holds back until the end of the file come without a time of their own (OpenCV says 0).
        double time = video->capture.get(cv::CAP_PROP_POS_MSEC);
        if (time <= video->last) time = video->last + video->frame_milliseconds;
        *milliseconds = video->last = time;
    });
    return guarded == PV_OK ? status : guarded;
}

// Writes the grabbed frame as RGB into `width * height * 3` bytes.
PV_API int32_t pv_video_retrieve(PvVideo* video, int32_t width, int32_t height, uint8_t* rgb) {
    return pv::guard([&] {
        if (!video->capture.retrieve(video->frame) || video->frame.empty())
            throw pv::Failure{PV_BAD_DATA, "the frame cannot be converted"};
        if (video->frame.cols != width || video->frame.rows != height || video->frame.type() != CV_8UC3)
            throw pv::Failure{PV_BAD_DATA, "the frame size changes within the video"};
        cv::Mat target(height, width, CV_8UC3, rgb);
        cv::cvtColor(video->frame, target, cv::COLOR_BGR2RGB);
    });
}

PV_API void pv_video_close(PvVideo* video) {
    pv::guard([&] { delete video; });
}

PV_API int32_t pv_video_writer_open(const char* path, int32_t fourcc, double frames_per_second, int32_t width,
                                    int32_t height, PvVideoWriter** writer) {
    *writer = nullptr;
    return pv::guard([&] {
        auto w = std::make_unique<PvVideoWriter>();
        w->width = width;
        w->height = height;
        if (!w->writer.open(path, cv::CAP_FFMPEG, fourcc, frames_per_second, cv::Size(width, height)))
            throw pv::Failure{PV_FAILED, "FFmpeg cannot write this kind of video"};
        *writer = w.release();
    });
}

PV_API int32_t pv_video_writer_add(PvVideoWriter* writer, const uint8_t* rgb) {
    return pv::guard([&] {
        cv::Mat source(writer->height, writer->width, CV_8UC3, const_cast<uint8_t*>(rgb));
        cv::cvtColor(source, writer->swapped, cv::COLOR_RGB2BGR);
        writer->writer.write(writer->swapped);
    });
}

PV_API void pv_video_writer_close(PvVideoWriter* writer) {
    pv::guard([&] { delete writer; });
}
