using Pixelis.Data;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>What is where: in the cells of a picture, in the frames of a clip.</summary>
internal sealed class PlaceLessons(PixelBenchGenerator scenes)
{
    private const int Asked = 6;

    private static readonly PixelBenchFamily[] Still = [PixelBenchFamily.Spot, PixelBenchFamily.Count, PixelBenchFamily.Read, PixelBenchFamily.Compare];

    public SftExample Grid(LessonRandom random)
    {
        (PixelImage image, string?[] labels) = Picture(random);
        return SftExample.Of(Message.User(new ImagePart(image), new TextPart("Name what is in each cell.")), Message.Assistant(Cells.Describe(labels)));
    }

    public SftExample Where(LessonRandom random)
    {
        while (true)
        {
            (PixelImage image, string?[] labels) = Picture(random);
            int[] things = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] is not null && labels.Count(l => l == labels[i]) == 1)];
            random.Shuffle<int>(things);
            if (things.Length == 0)
                continue;
            things = things[..Math.Min(things.Length, Asked)];
            return SftExample.Of(
                Message.User(new ImagePart(image), new TextPart(Cells.Question(things.Select(cell => labels[cell]!)))),
                Message.Assistant($"{Cells.Describe(labels)}\n{Cells.Places(things.Select(cell => (labels[cell]!, cell)))}"));
        }
    }

    public SftExample Frames(LessonRandom random)
    {
        Example scene = Scene(PixelBenchFamily.Frame, random);
        return SftExample.Of(Message.User(scene.Media[0].ToPart(), new TextPart("Which colour has the card in each frame?")), Message.Assistant(Tiny.Frames.Describe(scene)));
    }

    private Example Scene(PixelBenchFamily family, LessonRandom random)
    {
        (int difficulty, long index) = random.Scene();
        return scenes.Create(family, difficulty, index);
    }

    // One picture in four is a scene as it is.
    private (PixelImage Image, string?[] Labels) Picture(LessonRandom random)
    {
        if (random.Next(0, 4) > 0)
            return Mosaic(random);
        Example scene = Scene(random.Pick<PixelBenchFamily>(Still), random);
        return (scene.Media[0].Image!, Cells.Labels(scene));
    }

    // Cells of several scenes put together: many things in one picture, each where a cell of a scene would have it.
    private (PixelImage, string?[]) Mosaic(LessonRandom random)
    {
        var pixels = new byte[Cells.Side * Cells.Side * 3];
        var labels = new string?[Cells.Count];
        double share = 0.2 + 0.6 * random.NextDouble();
        var pool = new Queue<(PixelImage Piece, string? Label)>();
        Example? scene = null;
        for (int cell = 0; cell < labels.Length; cell++)
        {
            bool filled = random.NextDouble() < share;
            if (pool.Count == 0)
            {
                scene = Scene(random.Pick<PixelBenchFamily>(Still), random);
                foreach (TruthObject thing in scene.Truth)
                    pool.Enqueue((Cells.Cut(scene, Cells.Of(thing)), thing.Label));
            }
            (PixelImage piece, labels[cell]) = filled ? pool.Dequeue() : (Cells.Cut(scene!, EmptyCell(scene!, random)), null);
            for (int y = 0; y < Cells.CellSide; y++)
                piece.Row(y).CopyTo(pixels.AsSpan((((cell / Cells.Across * Cells.CellSide) + y) * Cells.Side + cell % Cells.Across * Cells.CellSide) * 3));
        }
        return (PixelImage.Wrap(Cells.Side, Cells.Side, PixelFormat.Rgb24, pixels), labels);
    }

    private static int EmptyCell(Example scene, LessonRandom random)
    {
        int[] empty = [.. Enumerable.Range(0, Cells.Count).Where(c => scene.Truth.All(t => Cells.Of(t) != c))];
        return random.Pick<int>(empty);
    }
}
