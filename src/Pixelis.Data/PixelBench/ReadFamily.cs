using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Signs with small type; what does the one of a named colour say?</summary>
internal sealed class ReadFamily : ISceneFamily
{
    public SceneDraft Draw(SceneRandom random, int difficulty, bool shifted)
    {
        var scene = new StillScene(random, shifted);
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

    internal static TruthObject PaintSign(StillScene scene, SceneRandom random, int cell, string color, string text, int difficulty, bool isTarget)
    {
        SceneStyle look = scene.Style;
        int height = (difficulty == 1 ? 14 : 13) + (look.Shifted ? 2 : 0);
        var type = new TextStyle(height, 2, look.LetterWidth, Math.Clamp(look.LetterSlant, -8, 12), 32);
        int width = StrokeFont.Width(text, type);
        (int x, int y) = CellGrid.Center(cell);
        int halfWidth = Math.Min(54, Math.Max(36, width / 2 + 10)), halfHeight = random.Between(20, 28);
        x += random.Between(halfWidth - 55, 55 - halfWidth);
        y += random.Between(-4 * difficulty, 4 * difficulty);
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
