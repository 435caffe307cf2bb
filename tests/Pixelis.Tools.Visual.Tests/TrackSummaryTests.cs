namespace Pixelis.Tools.Visual.Tests;

public class TrackSummaryTests
{
    private static TrackedFrame At(int x, int y, int size = 10, bool visible = true) => new(new PixelRect(x, y, size, size), visible, 1);

    [Fact]
    public void Motion_is_measured_over_visible_frames()
    {
        TrackSummary summary = TrackSummary.Of([At(0, 0), At(3, 4), At(99, 99, visible: false), At(6, 8)]);
        Assert.Equal((4, 3), (summary.Frames, summary.VisibleFrames));
        Assert.Equal((6.0, 8.0), (summary.DisplacementX, summary.DisplacementY));
        Assert.Equal(10, summary.PathLength, 1e-9);
        Assert.Equal(10.0 / 3, summary.MeanSpeed, 1e-9);
        Assert.Equal("down-right", summary.Direction);
    }

    [Theory]
    [InlineData(20, 0, "right")]
    [InlineData(-20, 1, "left")]
    [InlineData(0, -20, "up")]
    [InlineData(1, 20, "down")]
    [InlineData(-15, -15, "up-left")]
    [InlineData(0, 0, "still")]
    public void Directions_are_as_one_sees_them(int dx, int dy, string direction) =>
        Assert.Equal(direction, TrackSummary.Of([At(50, 50), At(50 + dx, 50 + dy)]).Direction);

    [Fact]
    public void Growth_is_the_ratio_of_side_lengths() => Assert.Equal(2, TrackSummary.Of([At(0, 0, 10), At(0, 0, 20)]).ScaleChange, 1e-9);

    [Fact]
    public void A_track_that_was_never_visible_stands_still() => Assert.Equal("still", TrackSummary.Of([At(0, 0, visible: false)]).Direction);
}
