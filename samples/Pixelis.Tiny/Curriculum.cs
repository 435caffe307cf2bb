using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>What is learnt when: places and letters first, then more and more episodes with tools.</summary>
internal sealed class Curriculum(TinySettings settings, Lessons lessons, Episodes episodes)
{
    private const double GoldenRatio = 0.618033988749895;

    /// <summary>A pure function of the position: a resumed run goes on with the same examples.</summary>
    public IExampleStream Examples => new GeneratedExamples($"pixelis-tiny/1 seed {settings.Seed}, {settings.Steps} steps of {settings.BatchSize}", cursor => Get(cursor.Position));

    /// <summary>Texts to learn the tokenizer from.</summary>
    public IEnumerable<string> Texts()
    {
        foreach (string text in episodes.Texts(600))
            yield return text;
        for (int i = 0; i < 600; i++)
        {
            foreach (var turn in lessons.Get(i).Turns)
                yield return turn.Message.Text;
        }
    }

    private SftExample Get(long position)
    {
        double done = (double)position / ((long)settings.Steps * settings.BatchSize);
        // Positions times the golden ratio are spread evenly: at any time about this share are lessons.
        return position * GoldenRatio % 1 < LessonShare(done) ? lessons.Get(position) : episodes.Get(position + 1_000_003L * settings.Seed);
    }

    // Nothing but lessons for the first three tenths, a third of them at the half, a seventh at the end.
    private static double LessonShare(double done) => done switch
    {
        < 0.3 => 1,
        < 0.5 => 1 - (done - 0.3) / 0.2 * 0.65,
        _ => 0.35 - (done - 0.5) * 0.4,
    };
}
