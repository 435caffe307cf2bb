using Pixelis.Data;

namespace Pixelis.Cli.Data;

/// <summary>Measures two promises of PixelBench: no two scenes share a picture, and the demonstrator answers with tools.</summary>
internal static class PixelBenchCheck
{
    public static async Task RunAsync(PixelBenchGenerator generator, int count, TextWriter output, CancellationToken cancellation)
    {
        await using var factory = new TraceFactory();
        var pictures = new HashSet<string>(StringComparer.Ordinal);
        var right = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        int shared = 0;
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Example example = generator.Create(i);
            ExampleMedia media = example.Media[0];
            if (!pictures.Add(media.Image?.ContentHash ?? string.Concat(media.Clip!.Frames.Select(f => f.Image.ContentHash))))
                shared++;
            TrainingTrace trace = await factory.PositiveAsync(example, cancellation);
            (int r, int all) = right.GetValueOrDefault(example.Family);
            right[example.Family] = (trace.Trajectory.Answer == example.Answer ? r + 1 : r, all + 1);
        }
        output.WriteLine($"{count} scenes, {shared} with a picture that an earlier one has");
        foreach ((string family, (int r, int all)) in right)
            output.WriteLine($"  {family,-8} demonstrator with tools: {r} of {all} right ({100.0 * r / all:0.0}%)");
    }
}
