using Pixelis.Online.Neighbors;

namespace Pixelis.Online;

/// <summary>
/// Experiences in memory, with the same rules as <see cref="ExperienceBuffer"/>: for tests, trials, and agents that may forget. Nothing
/// survives the process. Neighbours are found by looking at all. Pictures are kept as they are given.
/// </summary>
internal sealed class MemoryExperienceBuffer : IExperienceBuffer
{
    private readonly ExperienceBufferOptions _options;
    private readonly ExactIndex _index;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Experience> _experiences = [];
    private readonly Dictionary<string, int> _tenants = [];
    private readonly SortedDictionary<string, SortedDictionary<long, string?>> _versions = new(StringComparer.Ordinal);
    private readonly SortedSet<long> _pending = [];
    private long _lastId;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="options">Dimension (needed), capacity, retention, half-life and clock; the others mean nothing here.</param>
    /// <exception cref="PixelisException">An option is out of its range.</exception>
    public MemoryExperienceBuffer(ExperienceBufferOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Dimension == 0)
            throw new PixelisException($"A buffer in memory needs {nameof(ExperienceBufferOptions.Dimension)}.");
        (_options, _index) = (options, new ExactIndex(options.Dimension));
    }

    /// <inheritdoc />
    public int Dimension => _options.Dimension;

    /// <inheritdoc />
    public ValueTask<long> CountAsync(string? tenant = null, CancellationToken cancellationToken = default) =>
        Locked<long>(() => tenant is null ? _experiences.Count : _experiences.Values.Count(e => e.Tenant == tenant), cancellationToken);

    /// <inheritdoc />
    public ValueTask<Experience> AddAsync(Experience experience, CancellationToken cancellationToken = default)
    {
        ExperienceChecks.Check(experience, Dimension);
        return Locked(
            () =>
            {
                Experience taken = experience with { Id = ++_lastId, CreatedAt = experience.CreatedAt == default ? _options.Time.GetUtcNow() : experience.CreatedAt.ToUniversalTime() };
                _experiences[taken.Id] = taken;
                if (!_tenants.TryGetValue(taken.Tenant, out int tenant))
                    _tenants[taken.Tenant] = tenant = _tenants.Count;
                _index.Add(taken.Id, tenant, taken.Embedding.Span);
                MakeRoom(taken.Id);
                return taken;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<Experience?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        Locked(() => _experiences.GetValueOrDefault(id), cancellationToken);

    /// <inheritdoc />
    public ValueTask<Experience?> FindByRequestAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return Locked(() => _experiences.Values.LastOrDefault(e => e.RequestId == requestId), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> RelabelAsync(long id, string? label, LabelSource source, double confidence, double priority, CancellationToken cancellationToken = default)
    {
        ExperienceChecks.CheckLabel(confidence, priority, $"number {id}");
        return Locked(() => Change(id, e => e with { Label = label, LabelSource = source, Confidence = confidence, Priority = priority }), cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask RecordUseAsync(IReadOnlyCollection<(long Id, bool WasRight)> uses, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uses);
        await Locked(
            () => uses.Count(use => Change(use.Id, e => e with { Uses = e.Uses + 1, Successes = e.Successes + (use.WasRight ? 1 : 0) })),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Neighbor>> FindNearestAsync(ReadOnlyMemory<float> embedding, int count, string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ExperienceChecks.CheckEmbedding(embedding.Span, Dimension, "the query");
        return Locked<IReadOnlyList<Neighbor>>(
            () =>
            {
                if (count <= 0 || !_tenants.TryGetValue(tenant, out int number))
                    return [];
                var hits = new NeighborHit[Math.Min(count, _experiences.Count)];
                int found = _index.Search(embedding.Span, number, hits);
                return [.. hits[..found].Select(h => new Neighbor(_experiences[h.Id] with { Episodes = [] }, Math.Clamp(h.Similarity, -1, 1)))];
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Experience>> SampleAsync(int count, ulong seed, string? tenant = null, CancellationToken cancellationToken = default) =>
        Locked<IReadOnlyList<Experience>>(
            () =>
            {
                IEnumerable<Experience> labelled = _experiences.Values.Where(e => e.Label is not null && e.LabelSource != LabelSource.None && (tenant is null || e.Tenant == tenant));
                long[] drawn = WeightedDraw.Draw(labelled.Select(e => (e.Id, ExperienceWorth.Weight(e.Priority, e.Uses, e.Successes))), count, seed);
                return [.. drawn.Select(id => _experiences[id])];
            },
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask RecordVersionAsync(string version, IReadOnlyCollection<long> experiences, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        ArgumentNullException.ThrowIfNull(experiences);
        await Locked(
            () =>
            {
                SortedDictionary<long, string?> learnt = _versions.TryGetValue(version, out var known) ? known : _versions[version] = [];
                foreach (long id in experiences)
                    learnt.TryAdd(id, _experiences.GetValueOrDefault(id)?.Subject);
                return learnt.Count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<long>> ExperiencesOfAsync(string version, CancellationToken cancellationToken = default) =>
        Locked<IReadOnlyList<long>>(() => _versions.TryGetValue(version, out var learnt) ? [.. learnt.Keys] : [], cancellationToken);

    /// <inheritdoc />
    public async ValueTask SetPendingAsync(IReadOnlyCollection<long> experiences, bool isPending, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        await Locked(() => experiences.Count(id => isPending ? _experiences.ContainsKey(id) && _pending.Add(id) : _pending.Remove(id)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<long>> PendingAsync(CancellationToken cancellationToken = default) => Locked<IReadOnlyList<long>>(() => [.. _pending], cancellationToken);

    /// <inheritdoc />
    public ValueTask<Erasure> EraseAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return Locked(
            () =>
            {
                long[] ids = [.. _experiences.Values.Where(e => e.Subject == subject).Select(e => e.Id)];
                string[] versions = [.. _versions.Where(v => v.Value.ContainsValue(subject)).Select(v => v.Key)];
                Array.ForEach(ids, Remove);
                foreach (SortedDictionary<long, string?> learnt in _versions.Values)
                {
                    foreach (long id in learnt.Where(l => l.Value == subject).Select(l => l.Key).ToArray())
                        learnt[id] = null;
                }
                return new Erasure(ids, versions);
            },
            cancellationToken);
    }

    /// <summary>Forgets what is older than <see cref="ExperienceBufferOptions.Retention"/>; returns how many.</summary>
    public ValueTask<long> PruneAsync(CancellationToken cancellationToken = default) => Locked<long>(
        () =>
        {
            DateTimeOffset before = _options.Time.GetUtcNow() - _options.Retention;
            long[] old = _options.Retention <= TimeSpan.Zero ? [] : [.. _experiences.Values.Where(e => e.CreatedAt < before).Select(e => e.Id)];
            Array.ForEach(old, Remove);
            return old.Length;
        },
        cancellationToken);

    /// <summary>Does nothing: it holds memory only.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void MakeRoom(long newest)
    {
        int count = ExperienceWorth.Leaving(_experiences.Count, _options.Capacity);
        DateTimeOffset now = _options.Time.GetUtcNow();
        long[] leaving =
        [
            .. _experiences.Values.Where(e => e.Id != newest && count > 0)
                .OrderBy(e => ExperienceWorth.Value(e.Priority, e.Uses, e.Successes, e.LabelSource, now - e.CreatedAt, _options.ValueHalfLife))
                .ThenBy(e => e.Id).Take(count).Select(e => e.Id),
        ];
        Array.ForEach(leaving, Remove);
    }

    private void Remove(long id)
    {
        _experiences.Remove(id);
        _pending.Remove(id);
        _index.Remove(id);
    }

    private bool Change(long id, Func<Experience, Experience> change)
    {
        if (!_experiences.TryGetValue(id, out Experience? found))
            return false;
        _experiences[id] = change(found);
        return true;
    }

    private ValueTask<T> Locked<T>(Func<T> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(body());
    }
}
