using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Signs with small type; what does the one of a named colour say?</summary>
internal sealed class ReadFamily : ISceneFamily
{
    public SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift)
    {
        var scene = new StillScene(random, shift);
        int count = difficulty + 1;
        int[] cells = random.Draw(CellGrid.All, count);
        string[] colors = random.Draw(Palette.Names, count);
        var truth = new List<TruthObject>(count);
        while (truth.Count < count)
        {
            string text = SignWords.Draw(random);
            if (truth.Any(t => t.Text == text))
                continue;
            truth.Add(PaintSign(scene, random, cells[truth.Count], colors[truth.Count], text, difficulty, truth.Count == 0));
        }
        return new SceneDraft($"What does the {truth[0].Color} sign say?", truth[0].Text!, ExampleMedia.Of(scene.Finish()), truth);
    }

    private static TruthObject PaintSign(StillScene scene, SceneRandom random, int cell, string color, string text, int difficulty, bool isTarget)
    {
        SceneStyle look = scene.Style;
        int height = look.Shift.HasFlag(PixelBenchShift.Sizes) ? 17 : 16;
        // Of the weights and widths tried, tesseract reads these best at this size.
        var type = new TextStyle(height, 3, Math.Clamp(look.LetterWidth, 94, 112), Math.Clamp(look.LetterSlant / 4, 0, 4), 30);
        int width = StrokeFont.Width(text, type);
        (int x, int y) = CellGrid.Center(cell);
        int halfWidth = random.Between(50, 54), halfHeight = random.Between(32, 44);
        x += random.Between(halfWidth - 55, 55 - halfWidth);
        y += random.Between(halfHeight - 54, 54 - halfHeight);
        Rgb paint = look.Color(random, color);
        Coverage plate = PolygonRasterizer.Fill([Shapes.Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight)]);
        scene.Canvas.Paint(plate, paint);
        Coverage letters = PolygonRasterizer.Fill(StrokeFont.Outline(text, x - width / 2, y - height / 2, type));
        scene.Canvas.Paint(letters, Ink(paint));
        return new TruthObject
        {
            Label = $"{color} sign", Color = color, Shape = "sign", Box = plate.Box(), Mask = plate.ToMask(CellGrid.Side, CellGrid.Side),
            Text = text, TextBox = letters.Box(), IsTarget = isTarget,
        };
    }

    private static Rgb Ink(Rgb paint) =>
        299 * paint.Red + 587 * paint.Green + 114 * paint.Blue > 118_000 ? new Rgb(15, 15, 15) : new Rgb(245, 245, 245);
}
