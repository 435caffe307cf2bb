// One object from one point: GrabCut from several assumed sizes in two colour spaces, and the answer on which most of them agree.
#include "vision.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace {
constexpr int CoarseSide = 256;   // longest side at which the candidates are made
constexpr int RefineSide = 640;   // longest side at which the chosen one is refined
constexpr int CoarseIterations = 4;
constexpr int RefineIterations = 4;

struct Candidate {
    cv::Mat mask;  // 0 or 1
    int space = 0;
    double agreement = 0;
};

struct Prompt {
    cv::Point point;
    cv::Rect box;  // empty when there is none
};

// GrabCut's colour model is blind to a linear change of the channels, but its edge term is not: with the chroma raised,
// a shadow's edge counts less and a change of hue more.
enum Space { Plain = 0, Chroma = 1, Spaces = 2 };

cv::Mat in_space(const cv::Mat& bgr, int space) {
    if (space == Plain) return bgr;
    cv::Mat lab;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    std::vector<cv::Mat> planes;
    cv::split(lab, planes);
    for (int i = 1; i < 3; ++i) planes[i].convertTo(planes[i], CV_8U, 2, -128);
    cv::merge(planes, lab);
    return lab;
}

// What is certain before any colour is seen: the frame is background (outside a given box, all of it), the point is object.
void fix_certain(cv::Mat& labels, const Prompt& prompt) {
    const int shorter = std::min(labels.rows, labels.cols);
    const int edge = shorter >= 300 ? 2 : 1;
    if (prompt.box.empty()) {
        if (shorter > 8 * edge) cv::rectangle(labels, {0, 0, labels.cols, labels.rows}, cv::GC_BGD, 2 * edge - 1);
    } else {
        cv::Mat inside = labels(prompt.box).clone();
        labels.setTo(cv::GC_BGD);
        inside.copyTo(labels(prompt.box));
    }
    const int radius = std::min(std::max(3, (int)std::lround(0.02 * shorter)), std::max(1, shorter / 4));
    cv::circle(labels, prompt.point, radius, cv::GC_FGD, -1);
}

cv::Mat piece_at(const cv::Mat& labels, cv::Point point) {
    cv::Mat object = (labels & 1), pieces;
    cv::connectedComponents(object, pieces, 8);
    const int wanted = pieces.at<int>(point);
    if (wanted == 0) return cv::Mat::zeros(labels.size(), CV_8U);
    return (pieces == wanted) / 255;
}

cv::Mat grab(const cv::Mat& image, cv::Mat& labels, const Prompt& prompt, int iterations) {
    fix_certain(labels, prompt);
    cv::Mat background, foreground;
    cv::setRNGSeed(0);
    // k-means inside GrabCut needs samples on both sides; a mask without background is the whole picture.
    if (cv::countNonZero(labels & 1) < 16 || cv::countNonZero((labels & 1) == 0) < 16) return piece_at(labels, prompt.point);
    cv::grabCut(image, labels, {}, background, foreground, iterations, cv::GC_INIT_WITH_MASK);
    return piece_at(labels, prompt.point);
}

double overlap(const cv::Mat& a, const cv::Mat& b) {
    const int both = cv::countNonZero(a & b), any = cv::countNonZero(a | b);
    return any == 0 ? 0 : (double)both / any;
}

Prompt scaled(const Prompt& prompt, double fx, double fy, cv::Size size) {
    Prompt p;
    p.point = {std::clamp((int)(prompt.point.x * fx), 0, size.width - 1), std::clamp((int)(prompt.point.y * fy), 0, size.height - 1)};
    if (!prompt.box.empty()) {
        const int x0 = (int)std::floor(prompt.box.x * fx), y0 = (int)std::floor(prompt.box.y * fy);
        const int x1 = (int)std::ceil(prompt.box.br().x * fx), y1 = (int)std::ceil(prompt.box.br().y * fy);
        p.box = cv::Rect(x0, y0, std::max(1, x1 - x0), std::max(1, y1 - y0)) & cv::Rect({0, 0}, size);
    }
    return p;
}

// The first guess of what is object: a square about the point, or a share of the given box.
cv::Mat first_guess(cv::Size size, const Prompt& prompt, double fraction) {
    cv::Mat labels(size, CV_8U, cv::Scalar(cv::GC_PR_BGD));
    cv::Rect guess;
    if (prompt.box.empty()) {
        const int r = (int)(fraction * std::min(size.width, size.height));
        guess = cv::Rect(prompt.point.x - r, prompt.point.y - r, 2 * r + 1, 2 * r + 1);
    } else {
        const int dx = (int)(prompt.box.width * (1 - fraction) / 2), dy = (int)(prompt.box.height * (1 - fraction) / 2);
        guess = cv::Rect(prompt.box.x + dx, prompt.box.y + dy, prompt.box.width - 2 * dx, prompt.box.height - 2 * dy);
    }
    labels(guess & cv::Rect({0, 0}, size)).setTo(cv::GC_PR_FGD);
    return labels;
}

cv::Mat resized(const cv::Mat& image, int side, int interpolation) {
    const double f = (double)side / std::max(image.cols, image.rows);
    if (f >= 1) return image;
    cv::Mat out;
    cv::resize(image, out, {std::max(1, (int)std::lround(image.cols * f)), std::max(1, (int)std::lround(image.rows * f))}, 0, 0, interpolation);
    return out;
}

cv::Mat mask_resized(const cv::Mat& mask, cv::Size size) {
    if (mask.size() == size) return mask;
    cv::Mat soft, out;
    mask.convertTo(soft, CV_8U, 255);
    cv::resize(soft, out, size, 0, 0, cv::INTER_LINEAR);
    return (out > 127) / 255;
}

// The frame is background by assumption, not by evidence: there the mask continues from the nearest pixel that was decided.
void extend_to_frame(cv::Mat& mask) {
    const int edge = std::min(mask.rows, mask.cols) >= 300 ? 2 : 1;
    if (std::min(mask.rows, mask.cols) <= 8 * edge) return;
    cv::Mat inner = mask(cv::Rect(edge, edge, mask.cols - 2 * edge, mask.rows - 2 * edge)).clone();
    cv::copyMakeBorder(inner, mask, edge, edge, edge, edge, cv::BORDER_REPLICATE);
}

bool cancelled(const volatile int32_t* cancel) { return cancel != nullptr && *cancel != 0; }

std::vector<Candidate> candidates(const cv::Mat& bgr, const Prompt& prompt, const volatile int32_t* cancel) {
    const std::vector<double> sizes = prompt.box.empty() ? std::vector<double>{0.15, 0.25, 0.35, 0.5} : std::vector<double>{1.0, 0.85, 0.65};
    std::vector<Candidate> made;
    for (int space = 0; space < Spaces; ++space) {
        const cv::Mat image = in_space(bgr, space);
        for (double size : sizes) {
            if (cancelled(cancel)) throw pv::Failure{PV_END, "cancelled"};
            cv::Mat labels = first_guess(bgr.size(), prompt, size);
            made.push_back({grab(image, labels, prompt, CoarseIterations), space, 0});
        }
    }
    return made;
}

// The candidate that the others agree with most (mean intersection over union): what appears whatever size was assumed is
// an object's border, what comes and goes with the assumption is not.
const Candidate& most_agreed(std::vector<Candidate>& made) {
    size_t best = 0;
    for (size_t i = 0; i < made.size(); ++i) {
        double sum = 0;
        for (size_t j = 0; j < made.size(); ++j)
            if (j != i) sum += overlap(made[i].mask, made[j].mask);
        made[i].agreement = sum / std::max<size_t>(1, made.size() - 1);
        if (made[i].agreement > made[best].agreement + 1e-12) best = i;
    }
    return made[best];
}

// What more than half of those candidates hold that are alike to the chosen one: their accidents average out.
cv::Mat common_part(const std::vector<Candidate>& made, const Candidate& chosen) {
    cv::Mat votes = cv::Mat::zeros(chosen.mask.size(), CV_8U);
    int voters = 0;
    for (const Candidate& c : made)
        if (overlap(c.mask, chosen.mask) > 0.7) votes += c.mask, ++voters;
    return (votes * 2 > voters) / 255;
}

// Share of the colour histogram (Lab, 8 x 16 x 16) that the object does not share with a ring about it: 1 = no colour in common.
double separation(const cv::Mat& bgr, const cv::Mat& mask) {
    const int r = std::max(2, std::min(mask.rows, mask.cols) / 24);
    cv::Mat grown, lab;
    cv::dilate(mask, grown, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * r + 1, 2 * r + 1}));
    const cv::Mat ring = grown - mask;
    if (cv::countNonZero(mask) == 0 || cv::countNonZero(ring) == 0) return 0;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    const int channels[] = {0, 1, 2}, bins[] = {8, 16, 16};
    const float full[] = {0, 256}, chroma[] = {64, 192};
    const float* ranges[] = {full, chroma, chroma};
    cv::Mat inside, outside;
    cv::calcHist(&lab, 1, channels, mask, inside, 3, bins, ranges);
    cv::calcHist(&lab, 1, channels, ring, outside, 3, bins, ranges);
    inside /= std::max(1.0, cv::sum(inside)[0]);
    outside /= std::max(1.0, cv::sum(outside)[0]);
    cv::Mat common;
    cv::sqrt(inside.mul(outside), common);
    return 1 - std::min(1.0, cv::sum(common)[0]);
}

// Files store chroma at half the resolution, so it blurs a fine border; it is worth using where it carries the border:
// where, along it, chroma changes by more than a fifth of what lightness does.
bool chroma_carries_border(const cv::Mat& bgr, const cv::Mat& mask) {
    cv::Mat lab, gx, gy, border;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    cv::GaussianBlur(lab, lab, {}, 1);
    cv::Sobel(lab, gx, CV_32F, 1, 0);
    cv::Sobel(lab, gy, CV_32F, 0, 1);
    cv::morphologyEx(mask, border, cv::MORPH_GRADIENT, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
    double light = 0, chroma = 0;
    for (int y = 0; y < border.rows; ++y)
        for (int x = 0; x < border.cols; ++x) {
            if (border.at<uint8_t>(y, x) == 0) continue;
            const cv::Vec3f a = gx.at<cv::Vec3f>(y, x), b = gy.at<cv::Vec3f>(y, x);
            light += std::hypot(a[0], b[0]);
            chroma += std::sqrt(a[1] * a[1] + a[2] * a[2] + b[1] * b[1] + b[2] * b[2]);
        }
    return chroma > 0.2 * light;
}

// GrabCut from the chosen candidate at full size, once as the picture is and twice with its texture calmed (edge-preserving), and
// what two of the three hold: fine texture misleads the raw picture, a filter costs fine borders, and neither is known beforehand.
cv::Mat refined(const cv::Mat& image, const cv::Mat& start, const Prompt& prompt, const volatile int32_t* cancel) {
    cv::Mat votes = cv::Mat::zeros(image.size(), CV_8U), mask;
    for (int calm = 0; calm < 3; ++calm) {
        if (cancelled(cancel)) throw pv::Failure{PV_END, "cancelled"};
        cv::Mat view;
        if (calm == 0) view = image;
        else cv::bilateralFilter(image, view, 3 + 2 * calm, 20 * calm, 1 + calm);
        cv::Mat labels = start + cv::Scalar(cv::GC_PR_BGD);
        votes += grab(view, labels, prompt, RefineIterations);
    }
    cv::morphologyEx((votes > 1) / 255, mask, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {5, 5}));
    return piece_at(mask, prompt.point);
}

void segment(const cv::Mat& rgb, const Prompt& prompt, const volatile int32_t* cancel, uint8_t* out, double* scores) {
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    const cv::Mat coarse = resized(bgr, CoarseSide, cv::INTER_AREA);
    const Prompt coarse_prompt = scaled(prompt, (double)coarse.cols / bgr.cols, (double)coarse.rows / bgr.rows, coarse.size());
    std::vector<Candidate> made = candidates(coarse, coarse_prompt, cancel);
    const Candidate& chosen = most_agreed(made);
    scores[0] = chosen.agreement;
    scores[1] = separation(coarse, chosen.mask);
    if (cancelled(cancel)) throw pv::Failure{PV_END, "cancelled"};

    const cv::Mat fine = resized(bgr, RefineSide, cv::INTER_AREA);
    const Prompt fine_prompt = scaled(prompt, (double)fine.cols / bgr.cols, (double)fine.rows / bgr.rows, fine.size());
    const cv::Mat start = mask_resized(common_part(made, chosen), fine.size());
    cv::Mat mask = refined(in_space(fine, chroma_carries_border(coarse, chosen.mask) ? Chroma : Plain), start, fine_prompt, cancel);
    if (prompt.box.empty()) extend_to_frame(mask);
    mask_resized(mask, bgr.size()).copyTo(cv::Mat(bgr.size(), CV_8U, out));
}
}  // namespace

// rgb: width * height * 3 bytes. box: x, y, width, height, or null. cancel: polled between candidates; PV_END when it is set.
// mask: width * height bytes, 0 or 1. scores: agreement of the candidates, separation of the colours, both 0..1.
PV_API int32_t pv_segment(const uint8_t* rgb, int32_t width, int32_t height, int32_t x, int32_t y, const int32_t* box,
                          const int32_t* cancel, uint8_t* mask, double* scores) {
    return pv::guard([&] {
        if (rgb == nullptr || mask == nullptr || scores == nullptr || width < 1 || height < 1 || x < 0 || y < 0 || x >= width || y >= height)
            throw pv::Failure{PV_FAILED, "segmentation needs a picture and a point inside it"};
        Prompt prompt{{x, y}, {}};
        if (box != nullptr) prompt.box = cv::Rect(box[0], box[1], box[2], box[3]) & cv::Rect(0, 0, width, height);
        if (box != nullptr && !prompt.box.contains(prompt.point)) throw pv::Failure{PV_FAILED, "the point lies outside the box"};
        segment(cv::Mat(height, width, CV_8UC3, const_cast<uint8_t*>(rgb)), prompt, cancel, mask, scores);
    });
}
