using Pixelis.Agents;
using Pixelis.Online.Metrics;
using Pixelis.Online.State;
using Pixelis.Trajectories;

namespace Pixelis.Online;

/// <summary>
/// Answers requests with what the model says and what it remembers, and decides what is learnt from them. Thread-safe: any number of requests may be
/// under way. Learning itself is <see cref="Updates.UpdateWorker"/>'s.
/// </summary>
public sealed class OnlineAgent
{
    private readonly OnlineAgentOptions _options;
    private readonly OnlineAgentParts _parts;
    private readonly TimeProvider _time;
    private readonly EpisodeSampler _sampler;
    private readonly AnswerMemory _memory;
    private readonly AnswerGates _gates;
    private readonly AnswerRecorder _recorder;

    /// <summary>Makes an agent.</summary>
    /// <param name="parts">What it works with.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="PixelisException">An option is out of range, or embeddings and memory are of different lengths.</exception>
    internal OnlineAgent(OnlineAgentParts parts, OnlineAgentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _options = options ?? new OnlineAgentOptions();
        _options.Validate();
        if (parts.Embedder.Dimension != parts.Experiences.Dimension)
            throw new PixelisException($"Requests are embedded in {parts.Embedder.Dimension} numbers, and the experiences in {parts.Experiences.Dimension}: another model made them. Use another folder.");
        _parts = parts = parts with { Learnt = parts.Learnt ?? new LearntExperiences(), Rate = parts.Rate ?? new UpdateRate(time: parts.TimeProvider) };
        _time = parts.TimeProvider ?? TimeProvider.System;
        Faults = new OnlineFaults(parts.Alerts, parts.Logger);
        _sampler = new EpisodeSampler(parts.Publisher, _options.Temperature);
        _memory = new AnswerMemory(parts, _options, Faults);
        _gates = new AnswerGates(parts, _options);
        _recorder = new AnswerRecorder(parts, _options, Faults);
    }

    /// <summary>What failed behind answers.</summary>
    internal OnlineFaults Faults { get; }

    /// <summary>Hears of every answer, on the thread that made it: for a log that people watch. It must not throw.</summary>
    public event Action<OnlineAnswer>? Answered;

    /// <summary>Answers.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">
    /// Stops within one decoded token, and then nothing is kept. Once the vote is counted, what was decided is put on record whatever happens.
    /// </param>
    /// <exception cref="PixelisException">The question cannot be taken, or the model failed. What fails behind the answer does not throw.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<OnlineAnswer> AskAsync(OnlineRequest request, CancellationToken cancellationToken = default)
    {
        Check(request);
        long began = _time.GetTimestamp();
        string trace = request.Ask.TrajectoryId is { Length: > 0 } name ? RequestNames.Of(name, _parts.Redactor) : Guid.CreateVersion7().ToString("N");

        // The model answers, several times when asked, while its memory is searched.
        Task<Recollection> recalling = _memory.RecallAsync(request, trace, cancellationToken);
        (string version, IReadOnlyList<AgentAnswer> own) = await SampleAsync(request, trace, recalling, cancellationToken).ConfigureAwait(false);
        Recollection memory = await recalling.ConfigureAwait(false);

        // Model and neighbours vote.
        IReadOnlyList<Ballot> ballots = [.. own.Select((a, i) => Ballot.Own(i, AnswerOf(a))), .. memory.Neighbors.Select(n => Ballot.Of(n, _time.GetUtcNow()))];
        ConsensusResult consensus = _options.Voting.Decide(ballots, request.AnswerSpace ?? AnswerSpace.InferFrom(request.Ask.Question));

        // Gates say whether it may be learnt from.
        GateReport gates = _gates.Check(consensus, memory);
        OnlineAnswer answer = Serve(trace, version, own, consensus, gates, memory);

        // It is remembered, learnt from or shown to a person; whatever fails here, the answer is given.
        answer = await _recorder.RecordAsync(request, answer, memory, cancellationToken).ConfigureAwait(false);
        Measure(answer, began);
        Answered?.Invoke(answer);
        return answer;
    }

    private async Task<(string Version, IReadOnlyList<AgentAnswer> Own)> SampleAsync(OnlineRequest request, string trace, Task recalling, CancellationToken cancellationToken)
    {
        try
        {
            return await _sampler.SampleAsync(request.Ask with { TrajectoryId = trace }, request.Episodes ?? _options.Episodes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await recalling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // nothing is left running
            throw;
        }
    }

    private static OnlineAnswer Serve(string trace, string version, IReadOnlyList<AgentAnswer> own, ConsensusResult consensus, GateReport gates, Recollection memory)
    {
        int served = consensus.Form is { } form ? Math.Max(0, own.ToList().FindIndex(a => VotingForm.Of(AnswerOf(a), consensus.AnswerSpace) == form)) : 0;
        Trajectory[] episodes =
        [
            own[served].Trajectory with { Id = trace },
            .. own.Where((_, i) => i != served).Select((a, i) => a.Trajectory with { Id = FormattableString.Invariant($"{trace}-{i + 1}") }),
        ];
        return new OnlineAnswer
        {
            TraceId = trace, Text = consensus.Answer ?? own[served].Text, Trajectory = episodes[0], Episodes = episodes, Consensus = consensus, Gates = gates,
            PolicyVersion = version, IsColdStart = memory.IsColdStart, Failures = memory.Failures,
        };
    }

    // What an episode wrote when a limit ended it is no answer, and has no vote.
    private static string? AnswerOf(AgentAnswer answer) => answer.Trajectory.Answer;

    private void Check(OnlineRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Tenant);
        if (request.Episodes is < 1)
            throw new PixelisException($"Episodes is {request.Episodes}; at least 1 was expected.");
        if (request.Subject is not null && _parts.Subjects is null)
            throw new PixelisException("The request names a person, and there is no key to hash the name with; set OnlineAgentParts.Subjects, or leave the person out.");
    }

    private void Measure(OnlineAnswer answer, long began)
    {
        OnlineMetrics.Requests.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.OutcomeTag, AnswerUses.NameOf(answer.Use)));
        OnlineMetrics.RequestDuration.Record(_time.GetElapsedTime(began).TotalSeconds);
    }
}
