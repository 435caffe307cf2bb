using System.Globalization;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// What tools say, and what follows from it: copying what was read, comparing what was measured. Words without meaning and numbers from
/// chance, so that nothing can be learnt by heart.
/// </summary>
internal sealed class ToolTextLessons
{
    private const int Asked = 3;
    private const int ImagePixels = Cells.Side * Cells.Side;

    private static readonly string[] Colors = ["red", "green", "blue", "yellow", "purple", "cyan"];

    public SftExample Get(LessonRandom random)
    {
        var messages = new List<Message>();
        for (int i = 0; i < Asked; i++)
        {
            (string question, string answer) = random.Next(0, 3) == 0 ? Read(random) : Compare(random);
            messages.Add(Message.User(question));
            messages.Add(Message.Assistant(answer));
        }
        return SftExample.Of(messages);
    }

    private static (string, string) Read(LessonRandom random)
    {
        bool isNumber = random.Next(0, 3) == 0;
        int length = isNumber ? 3 : random.Next(4, 6);
        string text = string.Create(length, (random, isNumber), static (span, state) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = (char)(state.isNumber ? '0' + state.random.Next(0, 10) : 'A' + state.random.Next(0, 26));
        });
        string confidence = (random.Next(80, 99) / 100.0).ToString("0.00", CultureInfo.InvariantCulture);
        return ($"Text in image 1 (confidence {confidence}):\n{text}", $"It says {text}.\n\\boxed{{{text}}}");
    }

    private static (string, string) Compare(LessonRandom random)
    {
        string[] colors = [.. Colors];
        random.Shuffle<string>(colors);
        colors = colors[..random.Next(2, 4)];
        int[] areas = [.. colors.Select(_ => random.Next(1800, 6500))];
        string largest = colors[Array.IndexOf(areas, areas.Max())];
        string listed = colors.Length == 2 ? $"the {colors[0]} or the {colors[1]} one" : $"the {colors[0]}, the {colors[1]} or the {colors[2]} one";
        string comparative = colors.Length == 2 ? "larger" : "largest";
        var lines = areas.Select((area, i) => string.Create(CultureInfo.InvariantCulture, $"obj{i + 1} in image 1: {area} pixels, {100.0 * area / ImagePixels:0.00}% of the image (small)."));
        string numbers = string.Join(", ", areas.Zip(colors, (area, color) => string.Create(CultureInfo.InvariantCulture, $"{color} {area}")));
        return ($"Which shape is {comparative}, {listed}?\n{string.Join("\n", lines)}",
            $"{char.ToUpperInvariant(numbers[0])}{numbers[1..]}: {largest} is {comparative}.\n\\boxed{{{largest}}}");
    }
}
