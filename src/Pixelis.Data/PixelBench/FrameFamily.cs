using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>
/// A blank card that takes a colour for one frame, with a letter engraved; which letter is it at a named colour? The model sees clips at
/// half size, where the engraving is gone; the frame itself shows it.
/// </summary>
internal sealed class FrameFamily : ISceneFamily
{
    public SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift)
    {
        var scene = new ClipScene(random, shift);
        int frames = difficulty == 1 ? 6 : 8;
        int[] shown = random.Draw([.. Enumerable.Range(0, frames)], difficulty);
        string[] colors = random.Draw(Palette.Saturated, difficulty);
        char[] letters = random.Draw(Letters.All, difficulty);
        int half = random.Between(38, 46), x = 56 + random.Between(-6, 6), y = 56 + random.Between(-6, 6);
        Coverage card = PolygonRasterizer.Fill([Shapes.Of(ShapeName.Square, x, y, half)]);
        byte grey = (byte)random.Between(80, 100);
        Coverage[] outlines = [.. letters.Select(c => scene.Style.Letter(c, x, y, half * 145 / 100).Softened())];
        Hatch hatch = scene.Style.Engraving;
        Rgb[] paints = [.. colors.Select(c => scene.Style.Color(random, c))];
        for (int f = 0; f < frames; f++)
        {
            int event_ = Array.IndexOf(shown, f);
            scene.Add(canvas =>
            {
                canvas.Paint(card, event_ < 0 ? new Rgb(grey, grey, grey) : paints[event_]);
                if (event_ >= 0)
                    canvas.Engrave(outlines[event_], hatch);
            });
        }
        TruthObject[] truth = [.. shown.Select((f, i) => new TruthObject
        {
            Label = $"{colors[i]} card", Color = colors[i], Shape = "card", Box = card.Box(), Mask = card.ToMask(ClipScene.Side, ClipScene.Side),
            Text = letters[i].ToString(), TextBox = outlines[i].Box(), Frame = f + 1, IsTarget = i == 0,
        })];
        return new SceneDraft($"Which letter is on the card when it is {colors[0]}?", letters[0].ToString(), ExampleMedia.Of(scene.Finish()), truth);
    }
}
