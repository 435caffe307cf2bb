namespace Pixelis.Online.Tests.Answering;

/// <summary>A memory that can be made to fail, or to hang.</summary>
internal sealed class FaultyBuffer(IExperienceBuffer inner) : IExperienceBuffer
{
    public Exception? OnAdd { get; set; }

    public Exception? OnRead { get; set; }

    /// <summary>Waited for by additions; set one that is not complete to let them hang.</summary>
    public Task AddGate { get; set; } = Task.CompletedTask;

    /// <summary>Completed when an addition has begun.</summary>
    public TaskCompletionSource Adding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Dimension => inner.Dimension;

    public ValueTask<long> CountAsync(string? tenant = null, CancellationToken cancellationToken = default) =>
        OnRead is { } e ? throw e : inner.CountAsync(tenant, cancellationToken);

    public async ValueTask<Experience> AddAsync(Experience experience, CancellationToken cancellationToken = default)
    {
        Adding.TrySetResult();
        await AddGate;
        return OnAdd is { } e ? throw e : await inner.AddAsync(experience, cancellationToken);
    }

    public ValueTask<Experience?> FindAsync(long id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

    public ValueTask<Experience?> FindByRequestAsync(string requestId, CancellationToken cancellationToken = default) => inner.FindByRequestAsync(requestId, cancellationToken);

    public ValueTask<bool> RelabelAsync(long id, string? label, LabelSource source, double confidence, double priority, CancellationToken cancellationToken = default) =>
        inner.RelabelAsync(id, label, source, confidence, priority, cancellationToken);

    public ValueTask RecordUseAsync(IReadOnlyCollection<(long Id, bool WasRight)> uses, CancellationToken cancellationToken = default) => inner.RecordUseAsync(uses, cancellationToken);

    public ValueTask<IReadOnlyList<Neighbor>> FindNearestAsync(ReadOnlyMemory<float> embedding, int count, string tenant, CancellationToken cancellationToken = default) =>
        inner.FindNearestAsync(embedding, count, tenant, cancellationToken);

    public ValueTask<IReadOnlyList<Experience>> SampleAsync(int count, ulong seed, string? tenant = null, CancellationToken cancellationToken = default) =>
        inner.SampleAsync(count, seed, tenant, cancellationToken);

    public ValueTask RecordVersionAsync(string version, IReadOnlyCollection<long> experiences, CancellationToken cancellationToken = default) =>
        inner.RecordVersionAsync(version, experiences, cancellationToken);

    public ValueTask<IReadOnlyList<long>> ExperiencesOfAsync(string version, CancellationToken cancellationToken = default) => inner.ExperiencesOfAsync(version, cancellationToken);

    public ValueTask SetPendingAsync(IReadOnlyCollection<long> experiences, bool isPending, CancellationToken cancellationToken = default) =>
        inner.SetPendingAsync(experiences, isPending, cancellationToken);

    public ValueTask<IReadOnlyList<long>> PendingAsync(CancellationToken cancellationToken = default) => inner.PendingAsync(cancellationToken);

    public ValueTask<Erasure> EraseAsync(string subject, CancellationToken cancellationToken = default) => inner.EraseAsync(subject, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
