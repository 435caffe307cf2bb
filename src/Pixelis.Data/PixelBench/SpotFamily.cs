using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>
/// Objects, each with a letter engraved; the letter of one of them is asked for. In the model's first view the engravings are gone; a
/// zoom into the right cell shows them.
/// </summary>
internal sealed class SpotFamily : ISceneFamily
{
    private static readonly ShapeName[] Roomy = [ShapeName.Square, ShapeName.Circle, ShapeName.Diamond];

    public SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift)
    {
        var scene = new StillScene(random, shift);
        int count = difficulty switch { 1 => random.Between(2, 3), 2 => random.Between(3, 4), _ => random.Between(4, 5) };
        int[] cells = random.Draw(CellGrid.All, count);
        string[] colors = random.Draw(Palette.Names, count);
        ShapeName[] shapes = [.. cells.Select(_ => random.Pick(Roomy))];
        if (difficulty == 3) // a look-alike: the target's colour, another shape
            (colors[1], shapes[1]) = (colors[0], random.Pick([.. Roomy.Where(s => s != shapes[0])]));
        char[] letters = random.Draw(Letters.All, count);
        var truth = new List<TruthObject>(count);
        for (int i = 0; i < count; i++)
        {
            PlacedObject placed = scene.Place(cells[i], colors[i], shapes[i], difficulty);
            Coverage coverage = scene.Paint(placed);
            Coverage letter = scene.EngraveLetter(letters[i], placed.X, placed.Y, LetterHeight(placed, random));
            truth.Add(StillScene.Truth(placed, coverage, i == 0) with { Text = letters[i].ToString(), TextBox = letter.Box() });
        }
        return new SceneDraft($"Which letter is on the {truth[0].Label}?", truth[0].Text!, ExampleMedia.Of(scene.Finish()), truth);
    }

    private static int LetterHeight(PlacedObject placed, SceneRandom random) =>
        placed.Half * (placed.Shape switch { ShapeName.Square => random.Between(135, 150), ShapeName.Circle => random.Between(118, 130), _ => random.Between(92, 102) }) / 100;
}
