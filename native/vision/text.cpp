// Scene text made readable: layers of like colour, chains of glyph-shaped pieces in them, each chain laid out as a straight
// black-on-white line. A reader of documents can then read what is coloured, slanted, seen askew or set on an arc.
#include "vision.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <opencv2/imgproc.hpp>

namespace {
constexpr int WorkSide = 400;     // longest side at which layers are made
constexpr int LineHeight = 48;    // glyph height in a finished line
constexpr double BandHalf = 0.8;  // half height of the line's band in glyph heights

struct Glyph {
    int label;
    cv::Rect box;
    int area;
    double x, y;  // centroid
    double middle() const { return box.y + box.height / 2.0; }
    double centre() const { return box.x + box.width / 2.0; }
};

struct Line {
    cv::Mat picture;  // grey, black on white
    double coverage;  // share of the crop's width that the chain spans
    cv::Rect box;     // of the chain, in pixels of the crop
};

struct Lines {
    std::vector<Line> items;
};

std::vector<cv::Mat> layers_of(const cv::Mat& bgr) {
    std::vector<cv::Mat> out;
    cv::Mat calm, lab, hsv;
    cv::GaussianBlur(bgr, calm, {}, 1);
    cv::cvtColor(calm, lab, cv::COLOR_BGR2Lab);
    cv::cvtColor(bgr, hsv, cv::COLOR_BGR2HSV);
    std::vector<cv::Mat> l, h;
    cv::split(lab, l);
    cv::split(hsv, h);
    const auto halves = [&](const cv::Mat& plane) {
        cv::Mat high;
        cv::threshold(plane, high, 0, 255, cv::THRESH_OTSU);
        out.push_back(high);
        out.push_back(255 - high);
    };
    halves(l[0]);
    const int window = std::max(15, (std::min(bgr.rows, bgr.cols) / 3) | 1);
    for (const cv::Mat& plane : {l[0], cv::Mat(255 - l[0])}) {
        cv::Mat local;
        cv::adaptiveThreshold(plane, local, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY, window, -8);
        out.push_back(local);
    }
    cv::Mat saturation;
    cv::GaussianBlur(h[1], saturation, {}, 1);
    halves(saturation);
    halves(l[1]);
    halves(l[2]);
    cv::Mat samples;
    lab.reshape(1, (int)lab.total()).convertTo(samples, CV_32F);
    for (int k : {3, 4}) {
        cv::Mat labels, centres;
        cv::setRNGSeed(1);
        cv::kmeans(samples, k, labels, {cv::TermCriteria::EPS + cv::TermCriteria::COUNT, 20, 1.0}, 2, cv::KMEANS_PP_CENTERS, centres);
        labels = labels.reshape(1, bgr.rows);
        for (int i = 0; i < k; ++i) out.push_back(labels == i);
    }
    return out;
}

std::vector<Glyph> glyphs_of(const cv::Mat& layer, cv::Mat& labels) {
    cv::Mat stats, centroids;
    const int n = cv::connectedComponentsWithStats(layer, labels, stats, centroids, 8);
    std::vector<Glyph> out;
    const int H = layer.rows, W = layer.cols;
    for (int i = 1; i < n && out.size() <= 400; ++i) {
        const cv::Rect b(stats.at<int>(i, 0), stats.at<int>(i, 1), stats.at<int>(i, 2), stats.at<int>(i, 3));
        const int area = stats.at<int>(i, 4);
        if (b.height < 0.08 * H && b.height < 12) continue;
        if (b.width > 0.6 * W || (b.height > 0.98 * H && b.width > 0.5 * W)) continue;
        if (area < 0.0012 * H * W || area < 0.08 * b.area()) continue;
        if (b.width > 6 * b.height || b.height > 12 * b.width) continue;
        out.push_back({i, b, area, centroids.at<double>(i, 0), centroids.at<double>(i, 1)});
    }
    return out;
}

// The neighbour of `from` on one side: near, of like height, about level.
const Glyph* neighbour(const std::vector<Glyph>& all, const Glyph& from, int side, const std::vector<bool>& used) {
    const Glyph* best = nullptr;
    double nearest = 1e9;
    for (size_t i = 0; i < all.size(); ++i) {
        const Glyph& o = all[i];
        if (used[i] || (o.x - from.x) * side <= 0) continue;
        const double gap = side > 0 ? o.box.x - from.box.br().x : from.box.x - o.box.br().x;
        const double taller = std::max(from.box.height, o.box.height), ratio = (double)o.box.height / from.box.height;
        if (gap > taller || gap < -0.5 * std::min(from.box.width, o.box.width)) continue;
        if (ratio < 0.45 || ratio > 2.2 || std::abs(o.middle() - from.middle()) > 0.7 * taller) continue;
        if (gap < nearest) nearest = gap, best = &o;
    }
    return best;
}

std::vector<Glyph> longest_chain(const std::vector<Glyph>& all) {
    std::vector<Glyph> best;
    long most = 0;
    for (const Glyph& seed : all) {
        std::vector<bool> used(all.size(), false);
        std::vector<Glyph> chain{seed};
        used[&seed - all.data()] = true;
        for (int side : {1, -1})
            for (const Glyph* at = &seed; (at = neighbour(all, *at, side, used)) != nullptr; used[at - all.data()] = true) chain.push_back(*at);
        long area = 0;
        for (const Glyph& g : chain) area += g.area;
        if (chain.size() >= 3 && area > most) most = area, best = chain;
    }
    std::sort(best.begin(), best.end(), [](const Glyph& a, const Glyph& b) { return a.x < b.x; });
    return best;
}

// Least squares polynomial of the given degree with outliers weighted down; coefficients from the constant up.
cv::Vec3d robust_fit(const std::vector<double>& x, const std::vector<double>& y, int degree) {
    const int n = (int)x.size();
    std::vector<double> weight(n, 1);
    cv::Vec3d p;
    const double origin = x[0], span = std::max(1.0, x[n - 1] - x[0]);
    for (int round = 0; round < 5; ++round) {
        cv::Mat a(n, degree + 1, CV_64F), b(n, 1, CV_64F), c;
        for (int i = 0; i < n; ++i) {
            const double t = (x[i] - origin) / span, w = weight[i];
            for (int j = 0; j <= degree; ++j) a.at<double>(i, j) = w * std::pow(t, j);
            b.at<double>(i) = w * y[i];
        }
        cv::solve(a, b, c, cv::DECOMP_SVD);
        std::vector<double> error(n);
        for (int i = 0; i < n; ++i) {
            double v = 0;
            for (int j = 0; j <= degree; ++j) v += c.at<double>(j) * std::pow((x[i] - origin) / span, j);
            error[i] = std::abs(v - y[i]);
        }
        std::vector<double> sorted = error;
        std::nth_element(sorted.begin(), sorted.begin() + n / 2, sorted.end());
        const double scale = 2 * (sorted[n / 2] + 0.5);
        for (int i = 0; i < n; ++i) weight[i] = 1 / (1 + error[i] * error[i] / (scale * scale));
        // Back from t to x: p(x) = c0 + c1 t + c2 t^2.
        const double c0 = c.at<double>(0), c1 = degree > 0 ? c.at<double>(1) : 0, c2 = degree > 1 ? c.at<double>(2) : 0, r = origin / span;
        p = {c0 - c1 * r + c2 * r * r, c1 / span - 2 * c2 * r / span, c2 / (span * span)};
    }
    return p;
}

double value(const cv::Vec3d& p, double x) { return p[0] + x * (p[1] + x * p[2]); }

// Lays a chain out straight along the curve through its glyphs' middles. upright: strokes are taken as vertical in the
// picture (a wall seen from the side) rather than as standing on the curve (letters set on an arc).
cv::Mat straightened(const cv::Mat& labels, const std::vector<Glyph>& chain, bool upright) {
    std::vector<double> x, y, h;
    for (const Glyph& g : chain) x.push_back(g.centre()), y.push_back(g.middle()), h.push_back(g.box.height);
    for (size_t i = 1; i < x.size(); ++i) x[i] = std::max(x[i], x[i - 1] + 0.01);
    const cv::Vec3d middle = robust_fit(x, y, x.size() < 5 ? 1 : 2);
    std::vector<double> sorted = h;
    std::sort(sorted.begin(), sorted.end());
    const double usual = sorted.size() % 2 ? sorted[sorted.size() / 2] : (sorted[sorted.size() / 2 - 1] + sorted[sorted.size() / 2]) / 2;
    const cv::Vec3d tall = chain.size() >= 4 ? robust_fit(x, h, 1) : cv::Vec3d(usual, 0, 0);
    double left = 1e9, right = 0;
    for (const Glyph& g : chain) left = std::min<double>(left, g.box.x), right = std::max<double>(right, g.box.br().x);
    left -= 0.15 * usual, right += 0.15 * usual;

    constexpr int Steps = 800;
    std::vector<double> at(Steps), along(Steps, 0);  // x, and arc length in local glyph heights
    const auto height = [&](double t) { return std::clamp(value(tall, t), 0.5 * usual, 2 * usual); };
    const auto pace = [&](double t) {
        const double slope = upright ? 0 : middle[1] + 2 * middle[2] * t;
        return std::sqrt(1 + slope * slope) / height(t);
    };
    for (int i = 0; i < Steps; ++i) {
        at[i] = left + (right - left) * i / (Steps - 1);
        if (i > 0) along[i] = along[i - 1] + (pace(at[i]) + pace(at[i - 1])) / 2 * (at[i] - at[i - 1]);
    }
    const int width = std::clamp((int)(along.back() * LineHeight), 16, 4000), rows = (int)(LineHeight * 2 * BandHalf);
    cv::Mat mx(rows, width, CV_32F), my(rows, width, CV_32F);
    for (int i = 0, j = 0; i < width; ++i) {
        const double u = along.back() * i / std::max(1, width - 1);
        while (j + 2 < Steps && along[j + 1] < u) ++j;
        const double f = std::clamp((u - along[j]) / std::max(1e-9, along[j + 1] - along[j]), 0.0, 1.0), t = at[j] + f * (at[j + 1] - at[j]);
        const double slope = upright ? 0 : middle[1] + 2 * middle[2] * t, norm = std::sqrt(1 + slope * slope), tallness = height(t), base = value(middle, t);
        for (int k = 0; k < rows; ++k) {
            const double v = (-BandHalf + 2 * BandHalf * k / (rows - 1)) * tallness;
            mx.at<float>(k, i) = (float)(t - v * slope / norm);
            my.at<float>(k, i) = (float)(base + v / norm);
        }
    }
    cv::Mat ink = cv::Mat::zeros(labels.size(), CV_8U), line;
    for (const Glyph& g : chain) ink(g.box).setTo(255, labels(g.box) == g.label);
    cv::remap(ink, line, mx, my, cv::INTER_LINEAR, cv::BORDER_CONSTANT, 0);
    line = 255 - line;
    cv::copyMakeBorder(line, line, 12, 12, 16, 16, cv::BORDER_CONSTANT, 255);
    return line;
}

bool slanted(const std::vector<Glyph>& chain) {
    double low = 1e9, high = -1e9, height = 0;
    for (const Glyph& g : chain) low = std::min(low, g.middle()), high = std::max(high, g.middle()), height += g.box.height;
    return high - low > 0.25 * height / chain.size();
}

Lines* lines_of(const cv::Mat& rgb) {
    cv::Mat bgr, work;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    const double f = std::min(6.0, (double)WorkSide / std::max(bgr.rows, bgr.cols));
    cv::resize(bgr, work, {std::max(1, (int)std::lround(bgr.cols * f)), std::max(1, (int)std::lround(bgr.rows * f))}, 0, 0, f > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
    auto out = std::make_unique<Lines>();
    if (work.total() < 64) return out.release();
    for (const cv::Mat& layer : layers_of(work)) {
        cv::Mat labels;
        const std::vector<Glyph> glyphs = glyphs_of(layer, labels);
        if (glyphs.size() < 3 || glyphs.size() > 40) continue;
        const std::vector<Glyph> chain = longest_chain(glyphs);
        if (chain.size() < 3) continue;
        cv::Rect box = chain[0].box;
        for (const Glyph& g : chain) box |= g.box;
        const double coverage = (double)box.width / work.cols, fx = (double)bgr.cols / work.cols, fy = (double)bgr.rows / work.rows;
        box = cv::Rect((int)(box.x * fx), (int)(box.y * fy), (int)std::ceil(box.width * fx), (int)std::ceil(box.height * fy)) & cv::Rect({0, 0}, bgr.size());
        out->items.push_back({straightened(labels, chain, false), coverage, box});
        if (slanted(chain)) out->items.push_back({straightened(labels, chain, true), coverage, box});
    }
    return out.release();
}
}  // namespace

// Lines of text found in a crop, each as a grey picture, black on white. rgb: width * height * 3 bytes.
PV_API int32_t pv_text_lines(const uint8_t* rgb, int32_t width, int32_t height, void** lines, int32_t* count) {
    return pv::guard([&] {
        *lines = nullptr;
        Lines* found = lines_of(cv::Mat(height, width, CV_8UC3, const_cast<uint8_t*>(rgb)));
        *count = (int32_t)found->items.size();
        *lines = found;
    });
}

PV_API int32_t pv_text_line(void* lines, int32_t index, int32_t* width, int32_t* height, const uint8_t** pixels, double* coverage, int32_t* box) {
    return pv::guard([&] {
        const Line& line = static_cast<Lines*>(lines)->items.at(index);
        *width = line.picture.cols;
        *height = line.picture.rows;
        *pixels = line.picture.data;
        *coverage = line.coverage;
        box[0] = line.box.x, box[1] = line.box.y, box[2] = line.box.width, box[3] = line.box.height;
    });
}

PV_API void pv_text_lines_free(void* lines) { delete static_cast<Lines*>(lines); }

// A grey copy, enlarged (bicubic) or reduced (area), with a margin that repeats the edge. out: out_width * out_height bytes.
PV_API int32_t pv_text_scaled(const uint8_t* rgb, int32_t width, int32_t height, int32_t margin, uint8_t* out, int32_t out_width, int32_t out_height) {
    return pv::guard([&] {
        cv::Mat grey;
        cv::cvtColor(cv::Mat(height, width, CV_8UC3, const_cast<uint8_t*>(rgb)), grey, cv::COLOR_RGB2GRAY);
        if (margin > 0) cv::copyMakeBorder(grey, grey, margin, margin, margin, margin, cv::BORDER_REPLICATE);
        cv::Mat target(out_height, out_width, CV_8U, out);
        cv::resize(grey, target, target.size(), 0, 0, out_width > grey.cols ? cv::INTER_CUBIC : cv::INTER_AREA);
    });
}
