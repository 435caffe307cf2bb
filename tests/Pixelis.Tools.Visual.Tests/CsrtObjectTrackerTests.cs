namespace Pixelis.Tools.Visual.Tests;

public class CsrtObjectTrackerTests
{
    // A checkered patch with a bright corner over cloudy ground; occluded while the bar covers it.
    private static PixelImage Frame(double px, double py, double light, bool covered)
    {
        return Scenes.Draw(240, 180, (x, y) =>
        {
            double ground = 110 + 30 * Math.Sin(x * 0.11) * Math.Cos(y * 0.09) + 15 * Math.Sin(x * 0.37 + y * 0.21);
            (double r, double g, double b) = (ground, ground * 0.9, ground * 0.8);
            int u = (int)Math.Floor(x - px), v = (int)Math.Floor(y - py);
            if (!covered && u is >= 0 and < 36 && v is >= 0 and < 36)
                (r, g, b) = u < 12 && v < 12 ? (230, 220, 60) : ((u / 9 + v / 9) % 2 == 0 ? (200, 60, 50) : (40, 50, 120));
            return ((int)(r * light), (int)(g * light), (int)(b * light));
        }, noise: 6, seed: (int)(px * 31 + py));
    }

    [Fact]
    public void A_moving_object_is_followed_through_a_change_of_light()
    {
        using IObjectTrack track = CsrtObjectTracker.Shared.Start(Frame(40, 60, 1, false), new PixelRect(40, 60, 36, 36));
        for (int i = 1; i <= 30; i++)
        {
            TrackedFrame found = track.Next(Frame(40 + 3 * i, 60 + i, 1 - 0.015 * i, false));
            Assert.True(found.Visible);
            Assert.True(found.Box.Overlap(new PixelRect(40 + 3 * i, 60 + i, 36, 36)) > 0.6, $"frame {i}: {found}");
        }
    }

    [Fact]
    public void A_hidden_object_is_reported_lost_and_found_again_elsewhere()
    {
        using IObjectTrack track = CsrtObjectTracker.Shared.Start(Frame(30, 30, 1, false), new PixelRect(30, 30, 36, 36));
        for (int i = 1; i <= 15; i++)
            track.Next(Frame(30 + i, 30, 1, false));
        for (int i = 0; i < 10; i++)
            track.Next(Frame(0, 0, 1, true));
        Assert.False(track.Current.Visible);
        for (int i = 0; i < 8; i++)
            track.Next(Frame(170 + i, 110, 1, false));
        Assert.True(track.Current.Visible);
        Assert.True(track.Current.Box.Overlap(new PixelRect(177, 110, 36, 36)) > 0.6, track.Current.ToString());
    }

    [Fact]
    public void Tracks_are_repeatable_and_independent_of_each_other()
    {
        PixelImage[] frames = [.. Enumerable.Range(0, 12).Select(i => Frame(40 + 4 * i, 60, 1, false))];
        var box = new PixelRect(40, 60, 36, 36);
        IReadOnlyList<TrackedFrame> alone = CsrtObjectTracker.Shared.Track(frames, box);
        Parallel.For(0, 3, _ => Assert.Equal(alone, CsrtObjectTracker.Shared.Track(frames, box)));
    }

    [Fact]
    public void Plain_csrt_follows_too_and_holds_the_last_box_when_it_is_lost()
    {
        using IObjectTrack track = new PlainCsrtTracker().Start(Frame(30, 30, 1, false), new PixelRect(30, 30, 36, 36));
        for (int i = 1; i <= 15; i++)
        {
            TrackedFrame found = track.Next(Frame(30 + i, 30, 1, false));
            Assert.Equal((true, 1), (found.Visible, found.Confidence));
        }
        Assert.True(track.Current.Box.Overlap(new PixelRect(45, 30, 36, 36)) > 0.6, track.Current.ToString());
        TrackedFrame last = track.Current;
        for (int i = 0; i < 10; i++)
        {
            TrackedFrame found = track.Next(Frame(0, 0, 1, true));
            Assert.Equal(found.Visible ? 1 : 0, found.Confidence);
            if (!found.Visible)
                Assert.Equal(last.Box, found.Box);
            last = found;
        }
        Assert.False(last.Visible);
    }

    [Fact]
    public void A_track_can_begin_with_a_point()
    {
        bool Truth(int x, int y, int shift) => Scenes.InEllipse(x, y, 80 + shift, 60, 22, 16, 0);
        PixelImage At(int shift) => Scenes.Draw(200, 120, (x, y) => Truth(x, y, shift) ? (200, 80, 60) : (80, 110, 130), noise: 15);
        using IObjectTrack track = CsrtObjectTracker.Shared.Start(At(0), new PixelPosition(80, 60), GrabCutSegmenter.Shared);
        Assert.True(track.Next(At(3)).Box.Overlap(new PixelRect(61, 44, 45, 33)) > 0.6);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_named()
    {
        PixelImage frame = Frame(40, 60, 1, false);
        Assert.Equal("box", Assert.Throws<VisualArgumentException>(() => CsrtObjectTracker.Shared.Start(frame, new PixelRect(239, 0, 50, 50))).Field);
        IObjectTrack track = CsrtObjectTracker.Shared.Start(frame, new PixelRect(40, 60, 36, 36));
        Assert.Equal("frame", Assert.Throws<VisualArgumentException>(() => track.Next(Scenes.Draw(10, 10, (_, _) => (0, 0, 0)))).Field);
        track.Dispose();
        Assert.Throws<ObjectDisposedException>(() => track.Next(frame));
    }
}
