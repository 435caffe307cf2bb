using System.Diagnostics;
using Pixelis.Agents.Dialects;
using Pixelis.Generation;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Loop;

/// <summary>The state of one episode while it runs, and the recorder of its trajectory.</summary>
internal sealed class Episode(AgentRequest request, IConversation conversation, IVisionLanguageModel model, AgentDialect dialect) : IDisposable
{
    private readonly List<TrajectoryTurn> _turns = [];
    private readonly EpisodeState _state = new();
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<string> _tokenTexts = [];
    private string? _answer;
    private string? _error;

    public IConversation Conversation => conversation;

    public EpisodeInputs Inputs { get; } = new();

    public int ModelTurns { get; private set; }

    public int ToolCalls { get; private set; }

    public EndReason? EndReason { get; private set; }

    public void End(EndReason reason, string? error = null)
    {
        EndReason ??= reason;
        _error ??= error;
    }

    public void Heard(GeneratedToken token) => _tokenTexts.Add(token.Text);

    public void Ask(IReadOnlyList<ToolDefinition> definitions)
    {
        if (request.SystemPrompt is { } instructions)
            Append(Message.System(instructions), []);
        IReadOnlyList<NumberedVisual> added = Inputs.AddQuestion(request.Media);
        Append(dialect.Ask(request.Question, request.Media, definitions), added);
    }

    public void Observe(IReadOnlyList<AgentDialect.Observation> observations) =>
        Append(dialect.Observe(observations), [.. observations.SelectMany(o => o.Added)]);

    public ToolContext ToolContext() => new() { Inputs = Inputs.Snapshot(), Coordinates = dialect.Coordinates, State = _state };

    /// <summary>The options of the next turn: its own seed, and no more tokens than the episode may still hold.</summary>
    public GenerationOptions OptionsForTurn(AgentLimits limits)
    {
        GenerationOptions options = request.Generation!;
        if (options.Seed is { } seed)
            options = options with { Seed = unchecked(seed + (ulong)ModelTurns * 0x9E3779B97F4A7C15) };
        if (limits.MaxTokens <= 0)
            return options;
        int left = limits.MaxTokens - conversation.Tokens.Count;
        if (left <= 0)
            throw new ContextLengthException($"The episode holds {conversation.Tokens.Count} tokens; its limit is {limits.MaxTokens}.");
        return options with { MaxNewTokens = Math.Min(options.MaxNewTokens, left) };
    }

    /// <summary>Records a turn that called tools, numbers their pictures, and returns what the model is to be shown.</summary>
    public IReadOnlyList<AgentDialect.Observation> RecordTurn(GeneratedTurn turn, IReadOnlyList<ToolDispatcher.Outcome> outcomes, TimeSpan duration)
    {
        var observations = new List<AgentDialect.Observation>(outcomes.Count);
        var invocations = new List<ToolInvocation>(outcomes.Count);
        foreach (ToolDispatcher.Outcome outcome in outcomes)
        {
            IReadOnlyList<NumberedVisual> added = Inputs.AddResult(outcome.Call.Name, outcome.Result);
            observations.Add(new AgentDialect.Observation(outcome.Call, outcome.Result, added));
            invocations.Add(new ToolInvocation
            {
                Call = outcome.Call,
                ResultText = outcome.Result.Text,
                IsError = outcome.Result.IsError,
                ImageNumbers = [.. added.Select(i => i.Number)],
                Data = outcome.Result.Data,
                Annotations = outcome.Result.Annotations,
                Duration = outcome.Duration,
            });
        }
        ToolCalls += outcomes.Count;
        AddModelTurn(turn, invocations, duration);
        return observations;
    }

    public void RecordAnswer(GeneratedTurn turn, TimeSpan duration)
    {
        AddModelTurn(turn, [], duration);
        bool cutOff = turn.FinishReason == FinishReason.Length;
        _answer = cutOff ? null : dialect.ReadAnswer(turn.Text);
        End(cutOff ? Trajectories.EndReason.TokenLimit : Trajectories.EndReason.Answered);
    }

    public AgentAnswer ToAnswer() => new(
        _answer ?? _turns.LastOrDefault(t => t.Role == Role.Assistant)?.Text ?? "",
        conversation.LastTurn?.FinishReason ?? FinishReason.Length,
        [.. conversation.Tokens],
        ToTrajectory());

    private Trajectory ToTrajectory() => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Model = model.Name,
        StartedAt = _startedAt,
        Question = request.Question,
        Inputs = Inputs.Describe(request.Paths),
        Media = Inputs.Snapshot(),
        Turns = _turns,
        TokenIds = [.. conversation.Tokens.Select(t => t.Id)],
        Provenance = [.. conversation.Tokens.Select(t => t.Provenance)],
        LogProbabilities = [.. conversation.Tokens.Select(t => t.LogProbability)],
        Answer = _answer,
        EndReason = EndReason ?? Trajectories.EndReason.Failed,
        Error = _error,
        Duration = Stopwatch.GetElapsedTime(_started),
        Seed = request.Generation?.Seed,
    };

    public void Dispose() => _state.Dispose();

    private void Append(Message message, IReadOnlyList<NumberedVisual> shown)
    {
        int start = conversation.Tokens.Count;
        Inputs.SetSeen(conversation.Append(message));
        _turns.Add(new TrajectoryTurn
        {
            Role = message.Role,
            Text = message.Text,
            TokenStart = start,
            TokenCount = conversation.Tokens.Count - start,
            InputNumbers = [.. shown.Select(i => i.Number)],
        });
    }

    private void AddModelTurn(GeneratedTurn turn, IReadOnlyList<ToolInvocation> invocations, TimeSpan duration)
    {
        int count = turn.TokenIds.Count;
        _turns.Add(new TrajectoryTurn
        {
            Role = Role.Assistant,
            Text = turn.Text,
            TokenStart = conversation.Tokens.Count - count,
            TokenCount = count,
            TokenTexts = [.. _tokenTexts],
            Invocations = invocations,
            Duration = duration,
        });
        _tokenTexts.Clear();
        ModelTurns++;
    }
}
