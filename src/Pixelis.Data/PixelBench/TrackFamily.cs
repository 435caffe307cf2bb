using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Identical balls change places on winding ways; where does the one that starts at a named place end?</summary>
internal sealed class TrackFamily : ISceneFamily
{
    private const int FreeAttempts = 120;
    private const int LeastApart = 36; // pixels between centres: a tracker looks about an object as far as this
    private static readonly int[] Posts = [0, 1, 2, 3];

    private sealed record Path((int X, int Y) From, (int X, int Y) Bend, (int X, int Y) To)
    {
        /// <summary>The place after <paramref name="step"/> of <paramref name="steps"/> steps, in 64ths of a pixel (a quadratic curve).</summary>
        public (int X, int Y) At(int step, int steps)
        {
            int rest = steps - step, all = steps * steps;
            return (Along(From.X, Bend.X, To.X), Along(From.Y, Bend.Y, To.Y));

            int Along(int a, int b, int c) => (a * rest * rest + 2 * b * rest * step + c * step * step) * Contour.Unit / all;
        }
    }

    public SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift)
    {
        int balls = difficulty + 1, frames = difficulty switch { 1 => 8, 2 => 10, _ => 12 };
        int radius = shift.HasFlag(PixelBenchShift.Sizes) ? random.Between(7, 8) : random.Between(9, 10);
        (Path[] paths, int[] starts, int[] ends) = Ways(random, balls, frames - 1);
        var scene = new ClipScene(random, shift);
        string color = random.Pick(Palette.Saturated);
        Rgb paint = scene.Style.Color(random, color);
        var tracks = new PixelBox?[balls][];
        for (int i = 0; i < balls; i++)
            tracks[i] = new PixelBox?[frames];
        Coverage[] first = [];
        for (int f = 0; f < frames; f++)
        {
            Coverage[] discs = [.. paths.Select(p => Disc(p.At(f, frames - 1), radius))];
            for (int i = 0; i < balls; i++)
                tracks[i][f] = discs[i].Box();
            first = f == 0 ? discs : first;
            scene.Add(canvas => Array.ForEach(discs, disc => canvas.Paint(disc, paint)));
        }
        TruthObject[] truth = [.. Enumerable.Range(0, balls).Select(i => new TruthObject
        {
            Label = $"ball that starts at the {TrackPosts.Names[starts[i]]}", Color = color, Shape = "ball", Box = tracks[i][0]!.Value,
            Mask = first[i].ToMask(ClipScene.Side, ClipScene.Side), Track = tracks[i], Text = TrackPosts.Names[ends[i]], IsTarget = i == 0,
        })];
        string question = $"Where does the {truth[0].Label} end?";
        return new SceneDraft(question, TrackPosts.Names[ends[0]], ExampleMedia.Of(scene.Finish()), truth);
    }

    private static Coverage Disc((int X, int Y) center, int radius)
    {
        var corners = new (int, int)[32];
        for (int i = 0; i < corners.Length; i++)
        {
            int angle = i * Angle.Turn / corners.Length, reach = radius * Contour.Unit;
            corners[i] = (center.X + reach * Angle.Cos(angle) / Angle.One, center.Y + reach * Angle.Sin(angle) / Angle.One);
        }
        return PolygonRasterizer.Fill([new Contour(corners)]);
    }

    // The end of the first ball is drawn first, so that it does not depend on where it starts. Ways are drawn until no two balls come
    // near each other: a tracker may then not mistake one for another.
    private static (Path[] Paths, int[] Starts, int[] Ends) Ways(SceneRandom random, int balls, int steps)
    {
        int[] starts = random.Draw(Posts, balls);
        int end = random.Pick(Posts);
        for (int attempt = 0; ; attempt++)
        {
            int[] ends = attempt < FreeAttempts
                ? [end, .. random.Draw([.. Posts.Where(p => p != end)], balls - 1)]
                : [.. starts.Select(s => TrackPosts.Along(s, TrackPosts.Between(starts[0], end)))];
            Path[] paths = attempt < FreeAttempts ? Free(random, starts, ends) : Round(random, starts, ends);
            if (Enumerable.Range(0, steps + 1).All(step => Apart(paths, step, steps, LeastApart * Contour.Unit)))
                return (paths, starts, ends);
        }
    }

    private static Path[] Free(SceneRandom random, int[] starts, int[] ends) => [.. starts.Zip(ends, (start, end) =>
    {
        (int X, int Y) from = Near(random, start), to = Near(random, end);
        (int x, int y) = ((from.X + to.X) / 2 + random.Between(-42, 42), (from.Y + to.Y) / 2 + random.Between(-42, 42));
        return new Path(from, (Math.Clamp(x, 12, 100), Math.Clamp(y, 12, 100)), to);
    })];

    // All go round in one direction: always possible, whatever the number of balls.
    private static Path[] Round(SceneRandom random, int[] starts, int[] ends)
    {
        int reach = random.Between(0, 6);
        return [.. starts.Zip(ends, (start, end) =>
        {
            (int X, int Y) from = Near(random, start), to = Near(random, end);
            (int X, int Y) corner = TrackPosts.Center(TrackPosts.Along(start, 1));
            return TrackPosts.Between(start, end) == 2
                ? new Path(from, (corner.X + (corner.X < 56 ? -14 - reach : 14 + reach), corner.Y + (corner.Y < 56 ? -14 - reach : 14 + reach)), to)
                : new Path(from, ((from.X + to.X) / 2, (from.Y + to.Y) / 2), to);
        })];
    }

    private static (int X, int Y) Near(SceneRandom random, int post)
    {
        (int x, int y) = TrackPosts.Center(post);
        return (x + random.Between(-5, 5), y + random.Between(-5, 5));
    }

    private static bool Apart(Path[] paths, int step, int steps, int least)
    {
        for (int i = 0; i < paths.Length; i++)
        {
            (int xi, int yi) = paths[i].At(step, steps);
            for (int k = i + 1; k < paths.Length; k++)
            {
                (int xk, int yk) = paths[k].At(step, steps);
                long dx = xi - xk, dy = yi - yk;
                if (dx * dx + dy * dy < (long)least * least)
                    return false;
            }
        }
        return true;
    }
}
