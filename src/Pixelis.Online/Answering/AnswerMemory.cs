namespace Pixelis.Online;

/// <summary>What memory says about a request.</summary>
/// <param name="Embedding">Where the request is; null when that could not be said.</param>
/// <param name="Experiences">How many experiences the tenant has.</param>
/// <param name="IsColdStart">Whether these are too few to vote.</param>
/// <param name="Neighbors">The nearest, nearest first; none at a cold start.</param>
internal sealed record Recollection(ReadOnlyMemory<float>? Embedding, long Experiences, bool IsColdStart, IReadOnlyList<Neighbor> Neighbors)
{
    public static Recollection None { get; } = new(null, 0, true, []);

    /// <summary>Whether memory was asked and answered; where not, nothing is learnt.</summary>
    public bool IsKnown { get; init; }

    /// <summary>What failed on the way.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}

/// <summary>Looks a request up in memory. A part that fails is told and left out.</summary>
internal sealed class AnswerMemory(OnlineAgentParts parts, OnlineAgentOptions options, OnlineFaults faults)
{
    private readonly TimeProvider _time = parts.TimeProvider ?? TimeProvider.System;

    public async Task<Recollection> RecallAsync(OnlineRequest request, string trace, CancellationToken cancellationToken)
    {
        if (request.Ask.History.Count > 0)
            return Recollection.None;
        var failures = new List<string>();
        ReadOnlyMemory<float>? embedding = await faults.TryAsync<ReadOnlyMemory<float>?>(
            "embedding", failures, async () => await parts.Embedder.EmbedAsync(request.Ask.Question, request.Ask.Media, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        Recollection? found = embedding is null ? null : await faults.TryAsync(
            "experiences", failures,
            () => LookUpAsync(embedding.Value, request.Tenant, trace, cancellationToken).WaitAsync(options.Patience, _time, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (found ?? Recollection.None with { Embedding = embedding }) with { Failures = failures };
    }

    private Task<Recollection> LookUpAsync(ReadOnlyMemory<float> embedding, string tenant, string trace, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            long experiences = await parts.Experiences.CountAsync(tenant, cancellationToken).ConfigureAwait(false);
            bool isCold = experiences < options.ColdStart;
            if (isCold || options.Neighbors == 0)
                return new Recollection(embedding, experiences, isCold, []) { IsKnown = true };
            // One more: a request that is asked again is no witness for itself.
            IReadOnlyList<Neighbor> nearest = await parts.Experiences.FindNearestAsync(embedding, options.Neighbors + 1, tenant, cancellationToken).ConfigureAwait(false);
            return new Recollection(embedding, experiences, false, [.. nearest.Where(n => n.Experience.RequestId != trace).Take(options.Neighbors)]) { IsKnown = true };
        },
        cancellationToken);
}
