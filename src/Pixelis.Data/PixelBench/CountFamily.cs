using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Plates with dots engraved; how many are on one of them?</summary>
internal sealed class CountFamily : ISceneFamily
{
    public SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift)
    {
        var scene = new StillScene(random, shift);
        int plates = difficulty + 1, most = difficulty + 2;
        int[] cells = random.Draw(CellGrid.All, plates);
        string[] colors = random.Draw(Palette.Names, plates);
        var truth = new List<TruthObject>(plates);
        for (int i = 0; i < plates; i++)
        {
            PlacedObject placed = scene.Place(cells[i], colors[i], ShapeName.Square, difficulty);
            Coverage coverage = scene.Paint(placed);
            int dots = random.Between(1, most);
            PixelBox box = EngraveDots(scene, random, placed, dots);
            truth.Add(StillScene.Truth(placed, coverage, i == 0) with { Count = dots, TextBox = box });
        }
        return new SceneDraft($"How many dots are on the {truth[0].Label}?", truth[0].Count!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ExampleMedia.Of(scene.Finish()), truth);
    }

    // Dots stand near the points of a 3 x 3 grid on the plate, so that they never touch.
    private static PixelBox EngraveDots(StillScene scene, SceneRandom random, PlacedObject plate, int dots)
    {
        int step = plate.Half * 56 / 100, radius = plate.Half * 25 / 100;
        Hatch hatch = scene.Style.Engraving;
        var all = new List<Contour>();
        foreach (int place in random.Draw([.. Enumerable.Range(0, 9)], dots))
        {
            int x = plate.X + (place % 3 - 1) * step + random.Between(-1, 1), y = plate.Y + (place / 3 - 1) * step + random.Between(-1, 1);
            all.Add(Shapes.Ring(x, y, radius, 24));
        }
        Coverage coverage = PolygonRasterizer.Fill(all);
        scene.Canvas.Engrave(coverage, hatch);
        return coverage.Box();
    }
}
