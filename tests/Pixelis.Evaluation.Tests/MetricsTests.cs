using Pixelis.Tools.Visual;

namespace Pixelis.Evaluation.Tests;

public class MetricsTests
{
    private static ObjectMask Box(int x, int y, int width, int height) => ObjectMask.FromBox(20, 20, new PixelRect(x, y, width, height));

    [Fact]
    public void Iou_counts_pixels_and_leaves_out_undecided_ones()
    {
        Assert.Equal(1.0 / 3, SegmentationMetrics.Iou(Box(0, 0, 10, 10), Box(5, 0, 10, 10)), 1e-12);
        Assert.Equal(1, SegmentationMetrics.Iou(Box(0, 0, 10, 10), Box(0, 0, 5, 10), Box(5, 0, 5, 10)), 1e-12);
        Assert.Equal(1, SegmentationMetrics.Iou(Box(0, 0, 0, 0), Box(0, 0, 0, 0)));
    }

    [Fact]
    public void Border_f1_forgives_a_shift_within_its_tolerance_only()
    {
        Assert.Equal(1, SegmentationMetrics.BoundaryF1(Box(4, 4, 10, 10), Box(5, 5, 10, 10), tolerance: 1), 1e-12);
        Assert.True(SegmentationMetrics.BoundaryF1(Box(4, 4, 10, 10), Box(7, 7, 10, 10), tolerance: 1) < 0.5);
        Assert.Equal(0, SegmentationMetrics.BoundaryF1(Box(0, 0, 0, 0), Box(5, 5, 3, 3)));
    }

    [Fact]
    public void Tracks_are_scored_by_overlap_and_centre()
    {
        var metrics = TrackingMetrics.Of([(0, 0, 10, 10), (0, 0, 10, 10)], [(0, 0, 10, 10), (5, 0, 10, 10)]);
        Assert.Equal((1 + 1.0 / 3) / 2, metrics.MeanIou, 1e-12);
        Assert.Equal(0.5, metrics.Success);
        Assert.Equal(1, metrics.Precision20);
        Assert.Equal((20 + 7) / 42.0, metrics.Auc, 1e-12); // above 0, .05, ..., .95; above 0 .. .30
        Assert.Throws<ArgumentException>(() => TrackingMetrics.Of([], []));
    }
}
