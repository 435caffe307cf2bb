// Borders of masks.
#include "vision.h"

#include <opencv2/imgproc.hpp>

// The outer border of the mask's largest piece as a polygon that strays at most `tolerance` pixels from it.
// points: room for `capacity` pairs x, y; count: pairs written, at most capacity (0: the mask is empty).
PV_API int32_t pv_mask_polygon(const uint8_t* mask, int32_t width, int32_t height, double tolerance, int32_t* points, int32_t capacity, int32_t* count) {
    return pv::guard([&] {
        *count = 0;
        std::vector<std::vector<cv::Point>> borders;
        cv::findContours(cv::Mat(height, width, CV_8U, const_cast<uint8_t*>(mask)), borders, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
        const std::vector<cv::Point>* largest = nullptr;
        double most = -1;
        for (const auto& b : borders) {
            const double area = cv::contourArea(b) + b.size() * 1e-6;
            if (area > most) most = area, largest = &b;
        }
        if (largest == nullptr) return;
        std::vector<cv::Point> polygon;
        double t = tolerance;
        do {
            cv::approxPolyDP(*largest, polygon, t, true);
            t = t * 1.5 + 0.5;
        } while ((int32_t)polygon.size() > capacity);
        for (const cv::Point& p : polygon) {
            points[2 * *count] = p.x;
            points[2 * *count + 1] = p.y;
            ++*count;
        }
    });
}
