using System.Globalization;
using System.Text;
using Pixelis.Data;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// What is engraved in a piece at full size. A letter's name says little about its picture, some three bits; which patches hold strokes
/// says sixty, and a model that can tell those soon names the letter.
/// </summary>
internal sealed class DrawingLessons(PixelBenchGenerator scenes)
{
    private const int Pieces = 3;
    private const int Patch = 14, Merged = 2 * Patch; // what the model sees as a patch, and as a token
    private const double FullContrast = 104; // between neighbouring pixels of an engraving: twice its amplitude
    private const double LeastShare = 0.3;   // of a patch engraved, for it to count as one with strokes

    public SftExample Letters(LessonRandom random) => Asked("Draw.", LetterPieces(random), piece => $"{Strokes(piece.Image)}\n{piece.Truth.Text}");

    public SftExample Dots(LessonRandom random) => Asked("Draw.", DotPieces(random), piece => $"{Strokes(piece.Image)}\n{Number(piece.Truth)}");

    public SftExample NamesOfLetters(LessonRandom random) => Asked("Which letter is it?", LetterPieces(random), piece => $"The letter is {piece.Truth.Text}.");

    public SftExample NumbersOfDots(LessonRandom random) => Asked("How many dots?", DotPieces(random), piece => $"I count {Number(piece.Truth)}.");

    private static SftExample Asked(string question, IEnumerable<(PixelImage Image, TruthObject Truth)> pieces, Func<(PixelImage Image, TruthObject Truth), string> answer)
    {
        var messages = new List<Message>();
        foreach ((PixelImage Image, TruthObject Truth) piece in pieces.Take(Pieces))
        {
            messages.Add(Message.User(new ImagePart(piece.Image), new TextPart(question)));
            messages.Add(Message.Assistant(answer(piece)));
        }
        return SftExample.Of(messages);
    }

    private IEnumerable<(PixelImage, TruthObject)> LetterPieces(LessonRandom random)
    {
        while (true)
        {
            bool isFrame = random.Next(0, 3) == 0;
            (int difficulty, long index) = random.Scene();
            Example scene = scenes.Create(isFrame ? PixelBenchFamily.Frame : PixelBenchFamily.Spot, difficulty, index);
            foreach (TruthObject thing in scene.Truth)
                yield return (isFrame ? scene.Media[0].Clip!.Frames[thing.Frame!.Value - 1].Image : Cells.Cut(scene, Cells.Of(thing)), thing);
        }
    }

    private IEnumerable<(PixelImage, TruthObject)> DotPieces(LessonRandom random)
    {
        while (true)
        {
            (int difficulty, long index) = random.Scene();
            Example scene = scenes.Create(PixelBenchFamily.Count, difficulty, index);
            foreach (TruthObject thing in scene.Truth)
                yield return (Cells.Cut(scene, Cells.Of(thing)), thing);
        }
    }

    // A digit of sixteen for each token of the picture: which of its four patches hold strokes. Capitals, since the tokenizer has no words of them.
    private static string Strokes(PixelImage image)
    {
        var text = new StringBuilder();
        for (int y = 0; y < image.Height; y += Merged)
        {
            if (y > 0)
                text.Append('\n');
            for (int x = 0; x < image.Width; x += Merged)
            {
                int bits = 0;
                for (int patch = 0; patch < 4; patch++)
                    bits |= EngravedShare(image, x + patch % 2 * Patch, y + patch / 2 * Patch) > LeastShare ? 1 << patch : 0;
                text.Append(bits.ToString("X", CultureInfo.InvariantCulture));
            }
        }
        return text.ToString();
    }

    private static double EngravedShare(PixelImage image, int left, int top)
    {
        int sum = 0;
        for (int y = top; y < top + Patch; y++)
        {
            ReadOnlySpan<byte> green = image.Row(y)[((left * 3) + 1)..];
            for (int x = 0; x < Patch - 1; x++)
                sum += Math.Abs(green[x * 3] - green[(x + 1) * 3]);
        }
        return sum / (Patch * (Patch - 1) * FullContrast);
    }

    private static string Number(TruthObject plate) => plate.Count!.Value.ToString(CultureInfo.InvariantCulture);
}
