using System.Text;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// Finding again what was said before, without a picture: places of things that a description names, and texts word by word. Nearly
/// every token of the answers is one to be found, so that this is learnt early; what a picture or a tool is asked about then rests on it.
/// </summary>
internal sealed class RecallLessons
{
    private const int Questions = 3;

    /// <summary>
    /// A description of cells as the model itself writes it, of things by chance and so not to be learnt; then where some of them are. Most have
    /// fewer rows than a picture: what is found near is learnt first.
    /// </summary>
    public SftExample Places(LessonRandom random)
    {
        int rows = Rows(random), first = random.Next(0, Cells.Across + 1 - rows) * Cells.Across;
        string[] things = [.. Cells.Things];
        random.Shuffle<string>(things);
        double share = 0.3 + 0.6 * random.NextDouble();
        string?[] labels = [.. Enumerable.Range(0, rows * Cells.Across).Select(cell => random.NextDouble() < share ? things[cell] : null)];
        labels[random.Next(0, labels.Length)] ??= things[^1];
        int[] filled = [.. Enumerable.Range(0, labels.Length).Where(cell => labels[cell] is not null)];
        var messages = new List<Message> { Message.User("Name what is in each cell."), Message.Assistant(Cells.Describe(labels, first)) };
        for (int i = 0; i < Questions; i++)
        {
            random.Shuffle<int>(filled);
            int[] asked = random.Next(0, 2) == 0 ? filled : filled[..1];
            messages.Add(Message.User(Cells.Question(asked.Select(cell => labels[cell]!))));
            messages.Add(Message.Assistant(Cells.Places(asked.Select(cell => (labels[cell]!, first + cell)))));
        }
        return SftExample.Of(messages) with { Learn = [.. messages.Select((_, i) => i > 1)] };
    }

    /// <summary>Letters and digits by chance, in groups, to be said again.</summary>
    public SftExample Copies(LessonRandom random)
    {
        var messages = new List<Message>();
        for (int i = 0; i < Questions; i++)
        {
            string text = Text(random);
            messages.Add(Message.User($"Say {text}"));
            messages.Add(Message.Assistant(text));
        }
        return SftExample.Of(messages);
    }

    private static int Rows(LessonRandom random) => random.Next(0, 20) switch { < 8 => 1, < 13 => 2, < 17 => 3, _ => 4 };

    private static string Text(LessonRandom random)
    {
        const string characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var text = new StringBuilder();
        for (int group = random.Next(1, 6); group > 0; group--)
        {
            for (int i = random.Next(1, 6); i > 0; i--)
                text.Append(characters[random.Next(0, characters.Length)]);
            text.Append(group > 1 ? " " : "");
        }
        return text.ToString();
    }
}
