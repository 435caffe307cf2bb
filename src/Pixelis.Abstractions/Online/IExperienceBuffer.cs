namespace Pixelis.Online;

/// <summary>What was answered so far. Thread-safe; reads do not wait for writes.</summary>
public interface IExperienceBuffer : IAsyncDisposable
{
    /// <summary>Length of the embeddings it takes.</summary>
    int Dimension { get; }

    /// <summary>How many experiences a tenant has; of all tenants together for null.</summary>
    ValueTask<long> CountAsync(string? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>Takes one in. When this returns, it survives a crash of the process and of the machine.</summary>
    /// <returns>It with the number it got.</returns>
    /// <exception cref="PixelisException">An embedding of another length, not finite or not of unit length; or it could not be written.</exception>
    ValueTask<Experience> AddAsync(Experience experience, CancellationToken cancellationToken = default);

    /// <summary>One by its number; null when there is none (any more).</summary>
    ValueTask<Experience?> FindAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>The newest of a request's name (<see cref="Experience.RequestId"/>), whole; null when there is none (any more).</summary>
    ValueTask<Experience?> FindByRequestAsync(string requestId, CancellationToken cancellationToken = default);

    /// <summary>Replaces label, its source, confidence and priority of one; what it was is kept beside. False when there is none.</summary>
    ValueTask<bool> RelabelAsync(long id, string? label, LabelSource source, double confidence, double priority, CancellationToken cancellationToken = default);

    /// <summary>Counts that experiences voted, and for what was then held to be right or not.</summary>
    ValueTask RecordUseAsync(IReadOnlyCollection<(long Id, bool WasRight)> uses, CancellationToken cancellationToken = default);

    /// <summary>The nearest of a tenant, nearest first, at most <paramref name="count"/>; without their episodes, which <see cref="FindAsync"/> has.</summary>
    ValueTask<IReadOnlyList<Neighbor>> FindNearestAsync(ReadOnlyMemory<float> embedding, int count, string tenant, CancellationToken cancellationToken = default);

    /// <summary>Draws experiences with labels, likelier the higher their priority and success, without drawing one twice.</summary>
    ValueTask<IReadOnlyList<Experience>> SampleAsync(int count, ulong seed, string? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>Remembers that a published version learnt from experiences. Those that were recorded for it before stay.</summary>
    /// <param name="version">The version's name.</param>
    /// <param name="experiences">Numbers, also of experiences that are gone by now.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    ValueTask RecordVersionAsync(string version, IReadOnlyCollection<long> experiences, CancellationToken cancellationToken = default);

    /// <summary>What a version learnt from, by number, also what is gone; empty for a version that is not known.</summary>
    ValueTask<IReadOnlyList<long>> ExperiencesOfAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes that experiences wait to be learnt from, or that they wait no longer: a queue is in memory, this is not. What is gone meanwhile is passed over.
    /// When this returns, it survives a crash.
    /// </summary>
    /// <param name="experiences">Numbers.</param>
    /// <param name="isPending">Whether they wait.</param>
    /// <param name="cancellationToken">Stops before anything is noted.</param>
    ValueTask SetPendingAsync(IReadOnlyCollection<long> experiences, bool isPending, CancellationToken cancellationToken = default);

    /// <summary>Numbers of the experiences that wait to be learnt from, the oldest first.</summary>
    ValueTask<IReadOnlyList<long>> PendingAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets everything of a person: records, pictures, vectors. Which versions learnt from which numbers stays known.</summary>
    /// <param name="subject">The keyed hash, as in <see cref="Experience.Subject"/>.</param>
    /// <param name="cancellationToken">Stops before anything is erased, never half way.</param>
    ValueTask<Erasure> EraseAsync(string subject, CancellationToken cancellationToken = default);
}
