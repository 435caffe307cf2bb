using Pixelis.Data;

namespace Pixelis.Cli.Data;

/// <summary>Measures two promises of PixelBench: no two scenes share a picture, and the demonstrator answers with tools.</summary>
internal sealed class PixelBenchCheck(PixelBenchGenerator generator, TextWriter output, TextWriter error)
{
    private readonly HashSet<string> _pictures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Right, int All)> _right = new(StringComparer.Ordinal);

    /// <summary>Checks the first scenes of a generator, once.</summary>
    /// <param name="count">Scenes whose pictures are compared.</param>
    /// <param name="answers">Of them, the first that are answered, too, which takes most of the time.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task RunAsync(int count, int answers, CancellationToken cancellation)
    {
        await using var factory = new TraceFactory();
        answers = Math.Min(answers, count);
        int shared = 0;
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Example example = generator.Create(i);
            if (!_pictures.Add(NameOf(example.Media[0])))
                shared++;
            if (i < answers)
                Count(example, await factory.PositiveAsync(example, cancellation));
            // A line every tenth of what is answered, and then of all.
            if ((i + 1) % Math.Max(1, (i < answers ? answers : count) / 10) == 0)
                error.WriteLine($"{i + 1}/{count} scenes, {Math.Min(i + 1, answers)} answered");
        }
        output.WriteLine($"{count} scenes, {shared} with a picture that an earlier one has");
        foreach ((string family, (int right, int all)) in _right)
            output.WriteLine(FormattableString.Invariant($"  {family,-8} demonstrator with tools: {right} of {all} right ({100.0 * right / all:0.0}%)"));
    }

    private static string NameOf(ExampleMedia media) => media.Image?.ContentHash ?? string.Concat(media.Clip!.Frames.Select(f => f.Image.ContentHash));

    private void Count(Example example, TrainingTrace trace)
    {
        (int right, int all) = _right.GetValueOrDefault(example.Family);
        _right[example.Family] = (trace.Trajectory.Answer == example.Answer ? right + 1 : right, all + 1);
    }
}
