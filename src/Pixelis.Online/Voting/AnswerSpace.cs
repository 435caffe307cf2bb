namespace Pixelis.Online;

/// <summary>
/// How many different answers a question can have. The fewer, the likelier a wrong majority by chance, and the less is got right by it
/// ("lucky hits" of TTRL need many wrong answers to scatter over). Immutable.
/// </summary>
public sealed class AnswerSpace
{
    private const int SmallCounts = 10;
    private const int Letters = 26;

    private AnswerSpace(AnswerSpaceKind kind, int? size, IReadOnlyList<AnswerChoice>? choices = null)
    {
        Kind = kind;
        Size = size;
        Choices = choices ?? [];
    }

    /// <summary>Anything can be answered.</summary>
    public static AnswerSpace Open { get; } = new(AnswerSpaceKind.Open, null);

    /// <summary>Yes or no.</summary>
    public static AnswerSpace YesNo { get; } = new(AnswerSpaceKind.YesNo, 2);

    /// <summary>Small counts: held to be ten answers, since larger ones are rare.</summary>
    public static AnswerSpace SmallCount { get; } = new(AnswerSpaceKind.Count, SmallCounts);

    /// <summary>What the answers are.</summary>
    public AnswerSpaceKind Kind { get; }

    /// <summary>How many different answers there are, at least 2; null when nothing bounds them.</summary>
    public int? Size { get; }

    /// <summary>The choices, in order of their letters; empty for other kinds.</summary>
    public IReadOnlyList<AnswerChoice> Choices { get; }

    /// <summary>A known number of answers.</summary>
    /// <param name="size">How many, at least 2.</param>
    public static AnswerSpace Closed(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        return new AnswerSpace(AnswerSpaceKind.Closed, size);
    }

    /// <summary>Choices A, B, C and so on whose texts are not known.</summary>
    /// <param name="count">How many, 2 to 26.</param>
    public static AnswerSpace OfChoices(int count) => OfChoices([.. Enumerable.Repeat("", Checked(count))]);

    /// <summary>Choices A, B, C and so on with these texts.</summary>
    /// <param name="texts">2 to 26.</param>
    public static AnswerSpace OfChoices(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        AnswerChoice[] choices = [.. texts.Take(Checked(texts.Count)).Select((text, i) => new AnswerChoice((char)('A' + i), text))];
        return new AnswerSpace(AnswerSpaceKind.Choices, choices.Length, choices);
    }

    /// <summary>
    /// The space of a question in English, as far as its words say it beyond doubt: choices it lists by letter, "how many", a question that
    /// begins with a form of be, do or have and asks for nothing else, alternatives joined by one "or". Anything else is open.
    /// </summary>
    public static AnswerSpace InferFrom(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return AskedSpace.Of(question);
    }

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        AnswerSpaceKind.Open => "an open question",
        AnswerSpaceKind.YesNo => "yes or no",
        AnswerSpaceKind.Choices => $"{Size} choices",
        AnswerSpaceKind.Count => $"a count, about {Size} answers",
        _ => $"{Size} possible answers",
    };

    private static int Checked(int count) =>
        count is >= 2 and <= Letters ? count : throw new ArgumentOutOfRangeException(nameof(count), count, $"2 to {Letters} choices were expected.");
}
