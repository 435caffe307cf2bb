using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;
using Pixelis.Generation;

namespace Pixelis.Data.Grounding;

/// <summary>grid, describe and point: objects on the grid of PixelBench's stills, seen as the tools' tasks see them.</summary>
internal static class StillGrounding
{
    private static readonly ShapeName[] Shapes = Enum.GetValues<ShapeName>();

    public static GroundingScene Draw(SceneRandom random, GroundingTask task, int difficulty, GroundingOptions options)
    {
        var scene = new StillScene(random, PixelBenchShift.None);
        int count = difficulty + random.Between(1, 2);
        int[] cells = random.Draw(CellGrid.All, count);
        string[] colors = random.Draw(Palette.Names, count);
        var truth = new List<TruthObject>(count);
        for (int i = 0; i < count; i++)
        {
            PlacedObject placed = scene.Place(cells[i], colors[i], random.Pick(Shapes), difficulty);
            truth.Add(StillScene.Truth(placed, scene.Paint(placed), isTarget: false));
        }
        ExampleMedia media = ExampleMedia.Of(scene.Finish());
        var questions = new List<(string, string)>();
        if (task == GroundingTask.Grid)
            questions.Add(("What is in each cell?", Grid(truth)));
        else if (task == GroundingTask.Describe)
            questions.Add(("What is where?", Describe(truth)));
        else
            questions.AddRange(random.Draw(truth, Math.Min(count, options.Questions)).Select(t => Ask(random, t, options.Budget.Of(media.Image!))));
        return new GroundingScene(media, questions, truth);
    }

    private static string Grid(List<TruthObject> truth)
    {
        Dictionary<int, TruthObject> at = truth.ToDictionary(CellGrid.Of);
        return string.Join("\n", Enumerable.Range(0, CellGrid.Cells).Select(row => string.Join(", ", Enumerable.Range(0, CellGrid.Cells)
            .Select(column => at.TryGetValue(row * CellGrid.Cells + column, out TruthObject? found) ? found.Label : "none"))));
    }

    private static string Describe(List<TruthObject> truth) =>
        string.Join("\n", truth.OrderBy(CellGrid.Of).Select(t => $"The {t.Label} is in {CellGrid.Name(CellGrid.Of(t))}."));

    // The three forms in which the tools' tasks name a place: in words, as a box, as a point.
    private static (string, string) Ask(SceneRandom random, TruthObject thing, SeenSize seen)
    {
        int cell = CellGrid.Of(thing);
        double fx = (double)seen.Width / CellGrid.Side, fy = (double)seen.Height / CellGrid.Side;
        PixelBox box = CellGrid.Box(cell).Scale(fx, fy);
        return random.Next(3) switch
        {
            0 => ($"Where is the {thing.Label}?", $"The {thing.Label} is in {CellGrid.Name(cell)}."),
            1 => ($"Box of the {thing.Label}?", $"{{\"bbox_2d\": {Demonstrations.FamilyDemonstrator.List(box.Left, box.Top, box.Right, box.Bottom)}}}"),
            _ => ($"Point to the {thing.Label}.", $"{{\"point_2d\": {Demonstrations.FamilyDemonstrator.List(box.CenterX, box.CenterY)}}}"),
        };
    }
}
