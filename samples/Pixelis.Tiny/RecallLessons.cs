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

    /// <summary>A description of cells as the model writes it, of things by chance; then where some of them are, several times over.</summary>
    public SftExample Places(LessonRandom random)
    {
        string[] things = [.. Cells.Things];
        random.Shuffle<string>(things);
        double share = 0.3 + 0.6 * random.NextDouble();
        string?[] labels = [.. Enumerable.Range(0, Cells.Count).Select(cell => random.NextDouble() < share ? things[cell] : null)];
        labels[random.Next(0, Cells.Count)] ??= things[^1];
        int[] filled = [.. Enumerable.Range(0, Cells.Count).Where(cell => labels[cell] is not null)];
        var messages = new List<Message>();
        for (int i = 0; i < Questions; i++)
        {
            random.Shuffle<int>(filled);
            string named = string.Join(", ", filled.Select(cell => "the " + labels[cell]));
            messages.Add(Message.User(i == 0 ? $"{Cells.Describe(labels)}\nWhere are {named}?" : $"Where are {named}?"));
            messages.Add(Message.Assistant(Cells.Places(filled.Select(cell => (labels[cell]!, cell)))));
        }
        return SftExample.Of(messages);
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

    private static string Text(LessonRandom random)
    {
        const string characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var text = new StringBuilder();
        for (int group = random.Next(2, 7); group > 0; group--)
        {
            for (int i = random.Next(2, 7); i > 0; i--)
                text.Append(characters[random.Next(0, characters.Length)]);
            text.Append(group > 1 ? " " : "");
        }
        return text.ToString();
    }
}
