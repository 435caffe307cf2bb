using Pixelis.Data;
using Pixelis.Tools.Visual;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// "What does it say?" of pictures of any shape, up to seven times as wide as high or the other way round, pieces of scenes or drawn from chance, and of texts of
/// several lines: photos are not square, and are no scenes. What the tool read is said again on one line.
/// </summary>
internal sealed class AnyTextLessons(PixelBenchGenerator scenes)
{
    private const int LongestSide = 448, ShortestSide = 24, LongestText = 90;
    private const double FarthestShape = 7; // the long side to the short one

    private static readonly string[] Onsets = ["", "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gl", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr", "qu", "r", "s", "sh", "sl", "sp", "st", "str", "t", "th", "tr", "v", "w", "z"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "y", "ai", "ea", "ee", "io", "oo", "ou"];
    private static readonly string[] Codas = ["", "", "", "b", "ck", "d", "g", "l", "ll", "m", "n", "nd", "ng", "nt", "p", "r", "rd", "rk", "rt", "s", "ss", "st", "t", "ty", "x"];

    public SftExample Get(LessonRandom random)
    {
        string[] lines = Lines(random);
        return WholeTextLessons.Reading(Picture(random), string.Join("\n", lines), string.Join(" ", lines), random);
    }

    private PixelImage Picture(LessonRandom random)
    {
        int longer = random.Next(84, LongestSide + 1);
        int shorter = Math.Max(ShortestSide, (int)(longer / Math.Exp(random.NextDouble() * Math.Log(FarthestShape))));
        (int width, int height) = random.Next(0, 3) == 0 ? (shorter, longer) : (longer, shorter);
        return random.Next(0, 2) == 0 ? Piece(random, width, height) : Drawing(random, width, height);
    }

    private PixelImage Piece(LessonRandom random, int width, int height)
    {
        (int difficulty, long index) = random.Scene();
        PixelImage scene = scenes.Create(PixelBenchFamily.Read, difficulty, index).Media[0].Image!;
        return Cropping.Crop(scene, PixelBox.FromSize(random.Next(0, scene.Width - width + 1), random.Next(0, scene.Height - height + 1), width, height));
    }

    // Two colours that pass into each other, bars in between, and noise: no scene, and no photo either.
    private static PixelImage Drawing(LessonRandom random, int width, int height)
    {
        int[] first = Color(random), second = Color(random), bar = Color(random);
        double across = random.NextDouble() / width, down = random.NextDouble() / height;
        int period = random.Next(6, 60), thickness = random.Next(1, 12), noise = random.Next(1, 30);
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = i % 3, x = i / 3 % width, y = i / 3 / width;
            double share = (x * across) + (y * down);
            double value = (x + y / 3) % period < thickness ? bar[channel] : first[channel] + ((second[channel] - first[channel]) * share / 2);
            pixels[i] = (byte)Math.Clamp(value + random.Next(-noise, noise), 0, 255);
        }
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }

    private static int[] Color(LessonRandom random) => [random.Next(0, 256), random.Next(0, 256), random.Next(0, 256)];

    private static string[] Lines(LessonRandom random)
    {
        var lines = new List<string>();
        int count = random.Next(0, 2) == 0 ? 1 : random.Next(1, 5);
        while (lines.Count < count && lines.Sum(l => l.Length) < LongestText)
            lines.Add(string.Join(" ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Word(random))));
        return [.. lines];
    }

    // Letters from chance fall into other tokens than words do: most words are of syllables.
    private static string Word(LessonRandom random)
    {
        if (random.Next(0, 4) == 0)
            return WholeTextLessons.Word(random);
        string word = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Pick<string>(Onsets) + random.Pick<string>(Vowels) + random.Pick<string>(Codas)));
        return random.Next(0, 4) switch { 0 => word.ToUpperInvariant(), 1 => char.ToUpperInvariant(word[0]) + word[1..], _ => word };
    }
}
