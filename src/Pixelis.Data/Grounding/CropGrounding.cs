using System.Globalization;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;
using Pixelis.Tools.Visual;

namespace Pixelis.Data.Grounding;

/// <summary>glyph, word, dots and frames: what a tool's crop or a clip shows, drawn as the scenes of PixelBench draw it.</summary>
internal static class CropGrounding
{
    /// <summary>A letter, or dots, engraved in an object: the cell that a zoom would return.</summary>
    public static GroundingScene Engraved(SceneRandom random, GroundingTask task, int difficulty)
    {
        ISceneFamily family = task == GroundingTask.Glyph ? new SpotFamily() : new CountFamily();
        SceneDraft draft = family.Draw(random, difficulty, PixelBenchShift.None);
        TruthObject thing = random.Pick(draft.Truth);
        PixelImage crop = Cropping.Crop(draft.Media.Image!, CellGrid.Box(CellGrid.Of(thing)));
        (string, string) question = task == GroundingTask.Glyph
            ? ("Which letter is it?", $"The letter is {thing.Text}.")
            : ("How many dots?", $"I count {thing.Count!.Value.ToString(CultureInfo.InvariantCulture)}.");
        return new GroundingScene(ExampleMedia.Of(crop), [question], []);
    }

    /// <summary>A word in large solid type on a plain card.</summary>
    public static GroundingScene Word(SceneRandom random)
    {
        SceneStyle look = SceneStyle.Draw(random, PixelBenchShift.None);
        var canvas = new Canvas(ClipScene.Side, ClipScene.Side);
        Rgb paint = look.Color(random, random.Pick(Palette.Names));
        canvas.Paint(PolygonRasterizer.Fill([Shapes.Box(0, 0, ClipScene.Side, ClipScene.Side)]), paint);
        string text = SignWords.Draw(random);
        var style = new TextStyle(text.Length > 4 ? 24 : 30, 4, look.LetterWidth * 88 / 100, look.LetterSlant, 28);
        int width = StrokeFont.Width(text, style), x = (ClipScene.Side - width) / 2, y = (ClipScene.Side - style.Height) / 2;
        Coverage letters = PolygonRasterizer.Fill(StrokeFont.Outline(text, Math.Max(1, x + random.Between(-3, 3)), y + random.Between(-20, 20), style));
        canvas.Paint(letters, paint.Green > 120 ? new Rgb(15, 15, 15) : new Rgb(245, 245, 245));
        canvas.AddNoise(random, look.Noise);
        return new GroundingScene(ExampleMedia.Of(canvas.ToImage()), [("What does it say?", $"It says {text}.")], []);
    }

    /// <summary>The clips of the frame family; asks when the card has each of its colours.</summary>
    public static GroundingScene Frames(SceneRandom random, int difficulty, int questions)
    {
        SceneDraft draft = new FrameFamily().Draw(random, difficulty, PixelBenchShift.None);
        TruthObject[] asked = random.Draw(draft.Truth, Math.Min(draft.Truth.Count, questions));
        return new GroundingScene(draft.Media, [.. asked.Select(t => ($"In which frame is the card {t.Color}?",
            $"The card is {t.Color} in frame {t.Frame!.Value.ToString(CultureInfo.InvariantCulture)}."))], draft.Truth);
    }
}
