using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Identical balls change places on winding ways; where does the one that starts at a named place end?</summary>
internal sealed class TrackFamily : ISceneFamily
{
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

    public SceneDraft Draw(SceneRandom random, int difficulty, bool shifted)
    {
        int balls = difficulty + 1, frames = difficulty switch { 1 => 8, 2 => 10, _ => 12 };
        int radius = shifted ? random.Between(7, 8) : random.Between(9, 10);
        (Path[] paths, int[] starts, int[] ends) = Ways(random, balls, frames - 1, radius);
        var scene = new ClipScene(random, shifted);
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

    // Draws ways until no two balls come near each other: a tracker may then not mistake one for another.
    private static (Path[] Paths, int[] Starts, int[] Ends) Ways(SceneRandom random, int balls, int steps, int radius)
    {
        int[] posts = [0, 1, 2, 3];
        int[] starts = random.Draw(posts, balls), ends = random.Draw(posts, balls);
        while (true)
        {
            Path[] paths = [.. starts.Zip(ends, (a, b) => Way(random, a, b))];
            if (Enumerable.Range(0, steps + 1).All(step => Apart(paths, step, steps, radius * 3 * Contour.Unit)))
                return (paths, starts, ends);
            ends = random.Draw(posts, balls);
        }
    }

    private static Path Way(SceneRandom random, int start, int end)
    {
        (int X, int Y) from = Near(random, start), to = Near(random, end);
        (int x, int y) = ((from.X + to.X) / 2 + random.Between(-30, 30), (from.Y + to.Y) / 2 + random.Between(-30, 30));
        return new Path(from, (Math.Clamp(x, 14, 98), Math.Clamp(y, 14, 98)), to);
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
