using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>What is learnt when: finding again what was said, then what is where and what strokes look like, then naming, then more and more episodes with tools.</summary>
internal sealed class Curriculum(TinySettings settings, Lessons lessons, Episodes episodes)
{
    private const double GoldenRatio = 0.618033988749895;

    // Shares of the lessons among themselves.
    private static readonly (LessonKind Kind, double Share)[] Speaking =
    [
        (LessonKind.RecallPlaces, 0.5), (LessonKind.Copies, 0.3), (LessonKind.ToolTexts, 0.2),
    ];

    private static readonly (LessonKind Kind, double Share)[] Seeing =
    [
        (LessonKind.Grid, 0.43), (LessonKind.DrawLetters, 0.22), (LessonKind.DrawDots, 0.13), (LessonKind.RecallPlaces, 0.12), (LessonKind.Copies, 0.10),
    ];

    private static readonly (LessonKind Kind, double Share)[] Naming =
    [
        (LessonKind.Where, 0.28), (LessonKind.Grid, 0.06), (LessonKind.DrawLetters, 0.09), (LessonKind.NameLetters, 0.08),
        (LessonKind.DrawDots, 0.09), (LessonKind.CountDots, 0.08), (LessonKind.Frames, 0.06), (LessonKind.ToolTexts, 0.12), (LessonKind.WholeTexts, 0.06),
        (LessonKind.RecallPlaces, 0.05), (LessonKind.Copies, 0.03),
    ];

    // When a trained model goes on: pictures that are no scenes, and what is still hardest.
    private static readonly (LessonKind Kind, double Share)[] Finishing =
    [
        (LessonKind.AnyTexts, 0.74), (LessonKind.WholeTexts, 0.04), (LessonKind.Where, 0.06), (LessonKind.NameLetters, 0.05), (LessonKind.CountDots, 0.07), (LessonKind.ToolTexts, 0.04),
    ];

    private const double FinishingLessons = 0.5;

    /// <summary>A pure function of the position: a resumed run goes on with the same examples.</summary>
    public IExampleStream Examples => new GeneratedExamples(Name, cursor => Get(cursor.Position));

    private string Name => FormattableString.Invariant($"pixelis-tiny/10 seed {settings.Seed}, {settings.Steps} steps of {settings.BatchSize}{(settings.NoTools ? ", no tools" : "")}{(settings.Begin is null ? "" : ", more")}{(settings.DirectShare > 0 ? $", {settings.DirectShare} direct" : "")}");

    /// <summary>Texts to learn the tokenizer from: those that are the same again and again, not digits of drawings or letters from chance.</summary>
    public IEnumerable<string> Texts()
    {
        foreach (string text in episodes.Texts(600))
            yield return text;
        var forTokenizer = new Lessons(stream: 0); // the same for every seed
        foreach (LessonKind kind in Enum.GetValues<LessonKind>().Where(k => k is not (LessonKind.DrawLetters or LessonKind.DrawDots or LessonKind.WholeTexts or LessonKind.AnyTexts or LessonKind.Copies)))
        {
            for (int i = 0; i < 60; i++)
            {
                foreach (var turn in forTokenizer.Get(kind, i).Turns)
                    yield return turn.Message.Text;
            }
        }
    }

    private SftExample Get(long position)
    {
        double done = (double)position / ((long)settings.Steps * settings.BatchSize);
        // Positions times the golden ratio are spread evenly: at any time about this share are lessons.
        double draw = position * GoldenRatio % 1;
        (double share, (LessonKind, double)[] kinds) = settings.Begin is null ? (LessonShare(done), Kinds(done)) : (FinishingLessons, Finishing);
        if (draw < share)
            return lessons.Get(Kind(kinds, draw / share), position);
        long number = position + 1_000_003L * settings.Stream;
        return (draw - share) / (1 - share) < settings.DirectShare ? episodes.GetDirect(number) : episodes.Get(number);
    }

    private static (LessonKind Kind, double Share)[] Kinds(double done) => done switch { < 0.07 => Speaking, < 0.2 => Seeing, _ => Naming };

    private static LessonKind Kind((LessonKind Kind, double Share)[] kinds, double draw)
    {
        foreach ((LessonKind kind, double share) in kinds)
        {
            if (draw < share)
                return kind;
            draw -= share;
        }
        return kinds[^1].Kind;
    }

    // Nothing but lessons for the first third, half of them at the half, a seventh at the end.
    private static double LessonShare(double done) => done switch
    {
        < 0.35 => 1,
        < 0.52 => 1 - (done - 0.35) / 0.17 * 0.5,
        _ => 0.5 - (done - 0.52) * 0.75,
    };
}
