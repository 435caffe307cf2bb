using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Irregular shapes whose extents say little about their areas; which is the largest?</summary>
internal sealed class CompareFamily : ISceneFamily
{
    public SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift)
    {
        int count = difficulty == 3 ? 3 : 2;
        int[] cells = random.Draw(CellGrid.All, count);
        string[] colors = random.Draw(Palette.Saturated, count);
        (Coverage[] shapes, int largest) = Outlines(random, cells, difficulty, shift);
        var scene = new StillScene(random, shift);
        var truth = new TruthObject[count];
        for (int i = 0; i < count; i++)
        {
            scene.Canvas.Paint(shapes[i], scene.Style.Color(random, colors[i]));
            truth[i] = new TruthObject
            {
                Label = $"{colors[i]} shape", Color = colors[i], Shape = "shape", Box = shapes[i].Box(),
                Mask = shapes[i].ToMask(CellGrid.Side, CellGrid.Side), IsTarget = i == largest,
            };
        }
        return new SceneDraft(Question(colors), colors[largest], ExampleMedia.Of(scene.Finish()), truth);
    }

    private static string Question(string[] colors) => colors.Length == 2
        ? $"Which shape is larger, the {colors[0]} or the {colors[1]} one?"
        : $"Which shape is largest, the {colors[0]}, the {colors[1]} or the {colors[2]} one?";

    // Draws until the largest stands out by enough to be measured.
    private static (Coverage[] Shapes, int Largest) Outlines(SceneRandom random, int[] cells, int difficulty, PixelBenchShift shift)
    {
        int least = difficulty switch { 1 => 140, 2 => 125, _ => 118 }; // largest area over the second, in percent
        while (true)
        {
            Coverage[] shapes = [.. cells.Select(cell => Outline(random, cell, difficulty, shift))];
            long[] areas = [.. shapes.Select(s => s.Values.LongCount(v => v >= 128))];
            long[] sorted = [.. areas.OrderDescending()];
            if (sorted[0] * 100 >= sorted[1] * least)
                return (shapes, Array.IndexOf(areas, sorted[0]));
        }
    }

    private static Coverage Outline(SceneRandom random, int cell, int difficulty, PixelBenchShift shift)
    {
        (int x, int y) = CellGrid.Center(cell);
        (x, y) = (x + random.Between(-3 * difficulty, 3 * difficulty), y + random.Between(-3 * difficulty, 3 * difficulty));
        int lobes = random.Between(5, shift.HasFlag(PixelBenchShift.Sizes) ? 11 : 8), least = random.Between(20, 32), most = random.Between(40, 47);
        return PolygonRasterizer.Fill([Shapes.Irregular(random, x, y, least, most, lobes)]);
    }
}
