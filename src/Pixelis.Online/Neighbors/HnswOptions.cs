namespace Pixelis.Online.Neighbors;

/// <summary>How a graph of neighbours is built and searched (Malkov and Yashunin, 2016).</summary>
public sealed record HnswOptions
{
    /// <summary>Links of a vector on each level (M), 4 to 128; the lowest level has twice as many. Default 16.</summary>
    public int Links { get; init; } = 16;

    /// <summary>Candidates kept while a vector is linked (ef_construction), 8 to 10,000. Default 200.</summary>
    public int Construction { get; init; } = 200;

    /// <summary>
    /// Candidates kept while searching (ef), up to 10,000. Default 0: the least that reaches <see cref="TargetRecall"/> on queries near the
    /// stored vectors, measured after the graph was built and when it has grown by half.
    /// </summary>
    public int Ef { get; init; }

    /// <summary>The mean recall@10 that <see cref="Ef"/> is measured for, above 0 and below 1. Default 0.98, so that recall on other queries stays above 0.95.</summary>
    public double TargetRecall { get; init; } = 0.98;

    /// <summary>Threads that link vectors, 1 to 256. Default 1: the processor belongs to the model. A graph built by several is another one each time.</summary>
    public int BuildThreads { get; init; } = 1;

    /// <summary>
    /// Vectors that wait in front of the graph, where each search looks at all of them, before they are linked into a copy of the graph in
    /// the background; 1 or more. Default 1024. With fewer in all there is no graph.
    /// </summary>
    public int TailSize { get; init; } = 1024;

    internal void Validate()
    {
        Check(Links is >= 4 and <= 128, $"{nameof(Links)} is {Links}; expected 4 to 128.");
        Check(Construction is >= 8 and <= 10_000, $"{nameof(Construction)} is {Construction}; expected 8 to 10000.");
        Check(Ef is >= 0 and <= 10_000, $"{nameof(Ef)} is {Ef}; expected 0 to 10000.");
        Check(TargetRecall is > 0 and < 1, $"{nameof(TargetRecall)} is {TargetRecall}; expected a number between 0 and 1.");
        Check(BuildThreads is >= 1 and <= 256, $"{nameof(BuildThreads)} is {BuildThreads}; expected 1 to 256.");
        Check(TailSize >= 1, $"{nameof(TailSize)} is {TailSize}; expected 1 or more.");
    }

    private static void Check(bool holds, string problem)
    {
        if (!holds)
            throw new PixelisException(problem);
    }
}
