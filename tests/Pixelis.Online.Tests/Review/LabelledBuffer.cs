namespace Pixelis.Online.Tests.Review;

/// <summary>A buffer that finds and relabels, and nothing else.</summary>
internal sealed class LabelledBuffer(IReadOnlyList<Experience> experiences) : IExperienceBuffer
{
    public Dictionary<long, Experience> Experiences { get; } = experiences.ToDictionary(e => e.Id);

    public int Dimension => 2;

    public static Experience Experience(long id) => new()
    {
        Id = id, RequestId = $"r{id}", Question = "What is it?", Answer = "dog", Label = "cat", LabelSource = LabelSource.Vote, Confidence = 0.75,
        Priority = 0.3, Embedding = new float[] { 1, 0 },
    };

    public ValueTask<Experience?> FindAsync(long id, CancellationToken cancellationToken = default) => ValueTask.FromResult(Experiences.GetValueOrDefault(id));

    public ValueTask<bool> RelabelAsync(long id, string? label, LabelSource source, double confidence, double priority, CancellationToken cancellationToken = default)
    {
        if (!Experiences.TryGetValue(id, out Experience? experience))
            return ValueTask.FromResult(false);
        Experiences[id] = experience with { Label = label, LabelSource = source, Confidence = confidence, Priority = priority };
        return ValueTask.FromResult(true);
    }

    public ValueTask<long> CountAsync(string? tenant = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<Experience> AddAsync(Experience experience, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask RecordUseAsync(IReadOnlyCollection<(long Id, bool WasRight)> uses, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Neighbor>> FindNearestAsync(ReadOnlyMemory<float> embedding, int count, string tenant, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Experience>> SampleAsync(int count, ulong seed, string? tenant = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<Erasure> EraseAsync(string subject, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
