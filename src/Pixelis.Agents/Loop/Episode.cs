using System.Diagnostics;
using Pixelis.Agents.Dialects;
using Pixelis.Generation;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Loop;

/// <summary>The state of one episode while it runs, and the recorder of its trajectory.</summary>
internal sealed class Episode(
    AgentRequest request, IConversation conversation, IVisionLanguageModel model, AgentDialect dialect, IReadOnlyList<ToolDefinition> definitions) : IDisposable
{
    private readonly List<TrajectoryTurn> _turns = [];
    private readonly EpisodeState _state = new();
    private readonly string _policyVersion = model.PolicyVersion; // as the episode begins: weights change between episodes only
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<string> _tokenTexts = [];
    private int _asked; // turns up to the question's, earlier ones of the conversation included
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
        _error ??= error is null ? null : WellFormedText.Of(error);
    }

    public void Heard(GeneratedToken token) => _tokenTexts.Add(token.Text);

    public void Ask()
    {
        if (request.SystemPrompt is { } instructions)
            Append(Message.System(instructions), []);
        foreach (Message earlier in request.History.Select(EarlierTurn.Checked))
        {
            IReadOnlyList<ContentPart> shown = dialect.Prepare([.. earlier.Parts.Where(p => p is not TextPart)]);
            Append(Replace(earlier, shown), Inputs.AddQuestion(shown));
        }
        IReadOnlyList<ContentPart> media = dialect.Prepare(request.Media);
        IReadOnlyList<NumberedVisual> added = Inputs.AddQuestion(media);
        Append(dialect.Ask(request.Question, media, definitions), added);
        _asked = _turns.Count;
    }

    // The message with its pictures and videos, in their places, exchanged for others.
    private static Message Replace(Message message, IReadOnlyList<ContentPart> media)
    {
        int next = 0;
        return media.Count == 0 ? message : message with { Parts = [.. message.Parts.Select(p => p is TextPart ? p : media[next++])] };
    }

    /// <summary>
    /// Numbers the pictures of the last turn's calls and shows the model what they returned. A picture it cannot be shown, because of its
    /// shape, becomes a message in its call's place; any other problem of a picture names the turn.
    /// </summary>
    public IReadOnlyList<AgentDialect.Observation> Observe(IReadOnlyList<ToolDispatcher.Outcome> outcomes)
    {
        int before = Inputs.All.Count;
        while (true)
        {
            AgentDialect.Observation[] observations =
                [.. outcomes.Select(o => new AgentDialect.Observation(o.Call, o.Result, Inputs.AddResult(o.Call.Name, o.Result)))];
            _turns[^1] = _turns[^1] with { Invocations = [.. outcomes.Zip(observations, Invocation)] };
            try
            {
                Append(dialect.Observe(observations), [.. observations.SelectMany(o => o.Added)]);
                return observations;
            }
            catch (VisualPartException e) when (e.InnerException is ImageShapeException && Owner(observations, e.Visual) is { } owner)
            {
                Inputs.TakeBack(before);
                outcomes = [.. outcomes.Select((o, i) => i == owner ? o with { Result = ToolResult.Error(e.Message) } : o)];
            }
            catch (VisualPartException e)
            {
                throw new PixelisException($"Turn {_turns.Count + 1}, what tools returned: {e.Message}", e);
            }
        }
    }

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

    /// <summary>Records a turn that called tools. Its pictures are numbered when they are shown.</summary>
    public void RecordTurn(GeneratedTurn turn, IReadOnlyList<ToolDispatcher.Outcome> outcomes, TimeSpan duration)
    {
        ToolCalls += Math.Min(outcomes.Count, request.Limits!.MaxToolCallsPerTurn); // the rest is the notice that there were more
        AddModelTurn(turn, [.. outcomes.Select(o => Invocation(o, new AgentDialect.Observation(o.Call, o.Result, [])))], duration);
    }

    public void RecordAnswer(GeneratedTurn turn, TimeSpan duration)
    {
        AddModelTurn(turn, [], duration);
        bool cutOff = turn.FinishReason == FinishReason.Length;
        _answer = cutOff ? null : dialect.ReadAnswer(turn.Text);
        End(cutOff ? Trajectories.EndReason.TokenLimit : Trajectories.EndReason.Answered);
    }

    public AgentAnswer ToAnswer()
    {
        RecordUnfinishedTurn();
        return new AgentAnswer(
            _answer ?? _turns.Skip(_asked).LastOrDefault(t => t.Role == Role.Assistant && t.Text.Length > 0)?.Text ?? "",
            conversation.LastTurn?.FinishReason ?? FinishReason.Length,
            [.. conversation.Tokens],
            ToTrajectory());
    }

    private static int? Owner(AgentDialect.Observation[] observations, int visual) =>
        Array.FindIndex(observations, o => o.Added.Any(i => i.Number == visual)) is >= 0 and var index ? index : null;

    private static ToolInvocation Invocation(ToolDispatcher.Outcome outcome, AgentDialect.Observation observation) => new()
    {
        Call = outcome.Call,
        ResultText = outcome.Result.Text,
        IsError = outcome.Result.IsError,
        ImageNumbers = [.. observation.Added.Select(i => i.Number)],
        Data = outcome.Result.Data,
        Annotations = outcome.Result.Annotations,
        Duration = outcome.Duration,
    };

    private Trajectory ToTrajectory() => new()
    {
        Id = request.TrajectoryId ?? Guid.CreateVersion7().ToString("N"),
        Model = model.Name,
        PolicyVersion = _policyVersion,
        StartedAt = _startedAt,
        Question = request.Question,
        SystemPrompt = request.SystemPrompt,
        Dialect = dialect.Name,
        Tools = definitions,
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
        if (!model.SeesImages)
            message = TextOnlyView.Of(message, shown, dialect.Coordinates);
        int start = conversation.Tokens.Count;
        Inputs.SetSeen(conversation.Append(message));
        _turns.Add(new TrajectoryTurn
        {
            Role = message.Role,
            Text = message.Text,
            TokenStart = start,
            TokenCount = conversation.Tokens.Count - start,
            InputNumbers = [.. shown.Select(i => i.Number)],
            InputPositions = PositionsOf(message),
            IsInjected = message.Role == Role.Assistant,
            ToolCalls = message.ToolCalls.Count > 0 ? message.ToolCalls : null,
            Reasoning = message.Reasoning,
        });
    }

    private static IReadOnlyList<int> PositionsOf(Message message)
    {
        var positions = new List<int>();
        int characters = 0;
        foreach (ContentPart part in message.Parts)
        {
            if (part is TextPart text)
                characters += text.Text.Length;
            else
                positions.Add(characters);
        }
        return positions;
    }

    private void AddModelTurn(GeneratedTurn turn, IReadOnlyList<ToolInvocation> invocations, TimeSpan duration)
    {
        int count = turn.TokenIds.Count;
        AddModelTurn(turn.Text, conversation.Tokens.Count - count, count, invocations, duration);
    }

    // A turn that was cancelled or failed on the way, or whose calls were: what was sampled is in the conversation, so it is in the record.
    private void RecordUnfinishedTurn()
    {
        int end = _turns.Count > 0 ? _turns[^1].TokenStart + _turns[^1].TokenCount : 0;
        int total = conversation.Tokens.Count;
        if (total == end && _tokenTexts.Count == 0)
            return;
        int start = end;
        while (start < total && conversation.Tokens[start].Provenance == TokenProvenance.Injected)
            start++;
        AddModelTurn(WellFormedText.Of(string.Concat(_tokenTexts)), start, total - start, [], TimeSpan.Zero);
    }

    private void AddModelTurn(string text, int start, int count, IReadOnlyList<ToolInvocation> invocations, TimeSpan duration)
    {
        _turns.Add(new TrajectoryTurn
        {
            Role = Role.Assistant,
            Text = text,
            TokenStart = start,
            TokenCount = count,
            TokenTexts = [.. _tokenTexts.Select(WellFormedText.Of)],
            Invocations = invocations,
            Duration = duration,
        });
        _tokenTexts.Clear();
        ModelTurns++;
    }
}
