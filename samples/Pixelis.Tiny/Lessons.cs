using System.Globalization;
using Pixelis.Data;
using Pixelis.Tools.Visual;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// What comes before tools: naming what is where, reading single letters, counting dots, saying which colour a frame has. Each lesson
/// asks for much of one picture, since what a model learns of a picture is what it must say of it. Pure functions of a number; thread-safe.
/// </summary>
internal sealed class Lessons(int stream)
{
    private const int Cells = 4, CellSide = 112, Side = Cells * CellSide;

    private readonly PixelBenchGenerator _scenes = new(new PixelBenchOptions { Stream = stream });

    private static readonly PixelBenchFamily[] Still = [PixelBenchFamily.Spot, PixelBenchFamily.Count, PixelBenchFamily.Read, PixelBenchFamily.Compare];

    public SftExample Get(long number)
    {
        var random = new Random(unchecked((int)(number * 2_654_435_761L ^ stream)));
        double draw = random.NextDouble();
        return draw < 0.40 ? Places(random, number) : draw < 0.72 ? Letters(random, number) : draw < 0.86 ? Counts(random, number) : Frames(random, number);
    }

    /// <summary>Name what is in each cell, row by row, or say where some of the things are.</summary>
    private SftExample Places(Random random, long number)
    {
        bool mosaic = random.Next(4) > 0;
        (PixelImage image, string?[] labels) = mosaic ? Mosaic(random, number) : Scene(random, number);
        if (random.Next(2) == 0)
        {
            var rows = Enumerable.Range(0, Cells).Select(r => $"row {r + 1}: {string.Join(", ", labels.Skip(r * Cells).Take(Cells).Select(l => l ?? "-"))}");
            return SftExample.Of(Message.User(new ImagePart(image), new TextPart("Name what is in each cell.")), Message.Assistant(string.Join("\n", rows)));
        }

        int[] things = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] is not null && labels.Count(l => l == labels[i]) == 1)];
        random.Shuffle(things);
        things = things[..Math.Min(things.Length, 4)];
        if (things.Length == 0)
            return Places(random, number + 1);
        var messages = new List<Message>();
        foreach (int cell in things)
        {
            var question = new TextPart($"Where is the {labels[cell]}?");
            messages.Add(messages.Count == 0 ? Message.User(new ImagePart(image), question) : Message.User(question));
            messages.Add(Message.Assistant($"The {labels[cell]} is in {Name(cell)}."));
        }
        return SftExample.Of(messages);
    }

    /// <summary>Several pieces of scenes at full size; which letters are on them?</summary>
    private SftExample Letters(Random random, long number)
    {
        var parts = new List<ContentPart>();
        var answers = new List<string>();
        int count = random.Next(1, 6);
        while (answers.Count < count)
        {
            bool frame = random.Next(3) == 0;
            Example scene = _scenes.Create(frame ? PixelBenchFamily.Frame : PixelBenchFamily.Spot, random.Next(1, 4), Number(number, random));
            foreach (TruthObject thing in scene.Truth.Take(count - answers.Count))
            {
                parts.Add(new ImagePart(frame ? scene.Media[0].Clip!.Frames[thing.Frame!.Value - 1].Image : Cell(scene, CellOf(thing))));
                answers.Add(thing.Text!);
            }
        }
        parts.Add(new TextPart("Which letters are these?"));
        return SftExample.Of(new Message(Role.User, parts), Message.Assistant(string.Join(" ", answers)));
    }

    private SftExample Counts(Random random, long number)
    {
        var parts = new List<ContentPart>();
        var answers = new List<string>();
        int count = random.Next(1, 6);
        while (answers.Count < count)
        {
            Example scene = _scenes.Create(PixelBenchFamily.Count, random.Next(1, 4), Number(number, random));
            foreach (TruthObject thing in scene.Truth.Take(count - answers.Count))
            {
                parts.Add(new ImagePart(Cell(scene, CellOf(thing))));
                answers.Add(thing.Count!.Value.ToString(CultureInfo.InvariantCulture));
            }
        }
        parts.Add(new TextPart("How many dots are on each?"));
        return SftExample.Of(new Message(Role.User, parts), Message.Assistant(string.Join(" ", answers)));
    }

    private SftExample Frames(Random random, long number)
    {
        Example scene = _scenes.Create(PixelBenchFamily.Frame, random.Next(1, 4), Number(number, random));
        VideoClip clip = scene.Media[0].Clip!;
        var colors = Enumerable.Range(1, clip.Frames.Count).Select(f => $"{f} {scene.Truth.FirstOrDefault(t => t.Frame == f)?.Color ?? "grey"}");
        return SftExample.Of(Message.User(new VideoPart(clip), new TextPart("Which colour has the card in each frame?")), Message.Assistant(string.Join(", ", colors)));
    }

    private (PixelImage, string?[]) Scene(Random random, long number)
    {
        Example scene = _scenes.Create(Still[random.Next(Still.Length)], random.Next(1, 4), Number(number, random));
        var labels = new string?[Cells * Cells];
        foreach (TruthObject thing in scene.Truth)
            labels[CellOf(thing)] = thing.Label;
        return (scene.Media[0].Image!, labels);
    }

    // Cells of several scenes put together: many things in one picture, each where a cell of a scene would have it.
    private (PixelImage, string?[]) Mosaic(Random random, long number)
    {
        var pixels = new byte[Side * Side * 3];
        var labels = new string?[Cells * Cells];
        double share = 0.2 + 0.6 * random.NextDouble();
        var pool = new Queue<(PixelImage, string?)>();
        Example? scene = null;
        for (int cell = 0; cell < labels.Length; cell++)
        {
            bool filled = random.NextDouble() < share;
            if (pool.Count == 0)
            {
                scene = _scenes.Create(Still[random.Next(Still.Length)], random.Next(1, 4), Number(number, random));
                foreach (TruthObject thing in scene.Truth)
                    pool.Enqueue((Cell(scene, CellOf(thing)), thing.Label));
            }
            (PixelImage piece, string? label) = filled ? pool.Dequeue() : (Cell(scene!, EmptyCell(scene!, random)), null);
            labels[cell] = label;
            for (int y = 0; y < CellSide; y++)
                piece.Row(y).CopyTo(pixels.AsSpan((((cell / Cells * CellSide) + y) * Side + cell % Cells * CellSide) * 3));
        }
        return (PixelImage.Wrap(Side, Side, PixelFormat.Rgb24, pixels), labels);
    }

    private static int EmptyCell(Example scene, Random random)
    {
        int[] empty = [.. Enumerable.Range(0, Cells * Cells).Where(c => scene.Truth.All(t => CellOf(t) != c))];
        return empty[random.Next(empty.Length)];
    }

    private static long Number(long number, Random random) => (number * 31 + random.Next(31)) & 0x3FFFFFFF;

    private static int CellOf(TruthObject thing) => (int)(thing.Box.CenterY / CellSide) * Cells + (int)(thing.Box.CenterX / CellSide);

    private static string Name(int cell) => $"row {cell / Cells + 1}, column {cell % Cells + 1}";

    private static PixelImage Cell(Example scene, int cell) =>
        Cropping.Crop(scene.Media[0].Image!, PixelBox.FromSize(cell % Cells * CellSide, cell / Cells * CellSide, CellSide, CellSide));
}
