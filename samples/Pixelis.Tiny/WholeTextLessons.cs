using System.Globalization;
using System.Text;
using Pixelis.Data;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// "What does it say?" of any picture: the whole of it is read by the tool, and what counts is what the tool read. The words are from
/// chance, not those in the picture, so that the tool is believed and nothing else.
/// </summary>
internal sealed class WholeTextLessons(PixelBenchGenerator scenes)
{
    private const string Call = "<tool_call>\n{\"name\": \"READ_TEXT\", \"arguments\": {}}\n</tool_call>";

    public SftExample Get(LessonRandom random)
    {
        (int difficulty, long index) = random.Scene();
        Example scene = scenes.Create(PixelBenchFamily.Read, difficulty, index);
        PixelImage image = random.Next(0, 2) == 0 ? scene.Media[0].Image! : Cells.Cut(scene, random.Next(0, Cells.Count));
        string text = Words(random);
        return Reading(image, text, text, random);
    }

    /// <summary>The question, the tool's call, what it read, and that said again.</summary>
    public static SftExample Reading(PixelImage image, string read, string said, LessonRandom random)
    {
        string confidence = (random.Next(50, 99) / 100.0).ToString("0.00", CultureInfo.InvariantCulture);
        return SftExample.Of(
            Message.User(new ImagePart(image), new TextPart("What does it say?")),
            Message.Assistant(Call),
            new Message(Role.Tool, [new TextPart($"Text in image 1 (confidence {confidence}):\n{read}")]),
            Message.Assistant($"It says {said}.\n\\boxed{{{said}}}"));
    }

    private static string Words(LessonRandom random)
    {
        var text = new StringBuilder();
        int words = random.Next(0, 3) == 0 ? random.Next(2, 4) : 1;
        for (int i = 0; i < words; i++)
            text.Append(i > 0 ? " " : "").Append(Word(random));
        return text.ToString();
    }

    /// <summary>A word from chance: capitals mostly, or small letters, or a number.</summary>
    public static string Word(LessonRandom random)
    {
        int kind = random.Next(0, 6), length = random.Next(2, 11);
        return string.Create(kind == 5 ? Math.Min(length, 4) : length, (random, kind), static (span, state) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                char capital = (char)('A' + state.random.Next(0, 26));
                span[i] = state.kind switch
                {
                    5 => (char)('0' + state.random.Next(0, 10)),
                    3 => char.ToLowerInvariant(capital),
                    4 => i == 0 ? capital : char.ToLowerInvariant(capital),
                    _ => capital,
                };
            }
        });
    }
}
