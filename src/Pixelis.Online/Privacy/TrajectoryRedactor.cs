using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Online.Privacy;

/// <summary>
/// Redacts records whole: every text that a person, a model or a tool wrote, in whatever field it stands. Typed numbers (boxes, points, scores) are
/// never touched, nor are names that the program gave (ids, models, tools and their descriptions). Thread-safe when its redactor is.
/// </summary>
/// <remarks>
/// <b>Token ids.</b> Ids and log-probabilities belong to the exact text they spell and to everything in front of it. When any text that the model was
/// shown or wrote changes, the record keeps none of them: ids, provenance, log-probabilities and texts of tokens are dropped for the whole
/// trajectory, and its turns say that they have no tokens, as those of a model that reports none. Who trains on such a record renders and scores it
/// anew. A record in which nothing was found keeps them all.
/// <para><b>Files.</b> Paths of pictures are removed always: folders are named after people. <b>Pixels</b> in <see cref="Trajectory.Media"/> are not looked at.</para>
/// </remarks>
public sealed partial class TrajectoryRedactor
{
    private readonly IRedactor _redactor;

    /// <summary>Makes one.</summary>
    public TrajectoryRedactor(IRedactor redactor)
    {
        ArgumentNullException.ThrowIfNull(redactor);
        _redactor = redactor;
    }

    /// <summary>Redacts an episode.</summary>
    /// <exception cref="PixelisException">A text cannot be examined; the record must not be stored.</exception>
    public Trajectory Redact(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        bool conversationChanged = false;
        Trajectory redacted = trajectory with
        {
            Question = Conversation(trajectory.Question, ref conversationChanged),
            SystemPrompt = trajectory.SystemPrompt is { } prompt ? Conversation(prompt, ref conversationChanged) : null,
            Answer = Optional(trajectory.Answer),
            Error = Optional(trajectory.Error),
            Inputs = [.. trajectory.Inputs.Select(i => i with { Path = null })],
            Turns = Turns(trajectory.Turns, ref conversationChanged),
            Extra = trajectory.Extra?.ToDictionary(p => p.Key, p => JsonRedaction.Redact(_redactor, p.Value)),
        };
        return conversationChanged ? WithoutTokens(redacted) : redacted;
    }

    /// <summary>Redacts an experience: its question, answer, label, where it came from, and its episodes.</summary>
    /// <exception cref="PixelisException">A text cannot be examined; the record must not be stored.</exception>
    public Experience Redact(Experience experience)
    {
        ArgumentNullException.ThrowIfNull(experience);
        return experience with
        {
            Question = Text(experience.Question),
            Answer = Optional(experience.Answer),
            Label = Optional(experience.Label),
            Provenance = Text(experience.Provenance),
            Episodes = [.. experience.Episodes.Select(Redact)],
        };
    }

    private static Trajectory WithoutTokens(Trajectory trajectory) => trajectory with
    {
        TokenIds = [],
        Provenance = [],
        LogProbabilities = [],
        Turns = [.. trajectory.Turns.Select(t => t with { TokenStart = 0, TokenCount = 0, TokenTexts = [] })],
    };

    private List<TrajectoryTurn> Turns(IReadOnlyList<TrajectoryTurn> turns, ref bool changed)
    {
        var redacted = new List<TrajectoryTurn>(turns.Count);
        foreach (TrajectoryTurn turn in turns)
            redacted.Add(Turn(turn, ref changed));
        return redacted;
    }

    private TrajectoryTurn Turn(TrajectoryTurn turn, ref bool changed)
    {
        (string text, RedactedText? map) = Written(turn.Text);
        bool isChanged = text != turn.Text;
        var calls = turn.ToolCalls?.Select(Call).ToList();
        // The calls of an injected turn are part of what the model was shown; those that this turn made stand in its text already.
        changed |= isChanged || (calls is not null && !calls.SequenceEqual(turn.ToolCalls!));
        return turn with
        {
            Text = text,
            Reasoning = turn.Reasoning is { } reasoning ? Conversation(reasoning, ref changed) : null,
            ToolCalls = calls,
            Invocations = Invocations(turn.Invocations, ref changed),
            InputPositions = !isChanged ? turn.InputPositions : map is null ? [] : [.. turn.InputPositions.Select(map.MapPosition)],
        };
    }

    private List<ToolInvocation> Invocations(IReadOnlyList<ToolInvocation> invocations, ref bool changed)
    {
        var redacted = new List<ToolInvocation>(invocations.Count);
        foreach (ToolInvocation invocation in invocations)
        {
            redacted.Add(invocation with
            {
                Call = Call(invocation.Call),
                ResultText = Conversation(invocation.ResultText, ref changed),
                Data = invocation.Data is { } data ? JsonRedaction.Redact(_redactor, data) : null,
                Annotations = [.. invocation.Annotations.Select(a => a with { Label = Text(a.Label) })],
            });
            changed |= !redacted[^1].Call.Equals(invocation.Call);
        }
        return redacted;
    }

    private ToolCall Call(ToolCall call)
    {
        JsonElement arguments = JsonRedaction.Redact(_redactor, call.Arguments);
        string name = Text(call.Name);
        return name == call.Name && arguments.Equals(call.Arguments) ? call : new ToolCall(name, arguments);
    }

    private string Conversation(string text, ref bool changed)
    {
        string redacted = Text(text);
        changed |= redacted != text;
        return redacted;
    }

    // A call inside a turn's text is JSON, in which "ann\u0040example.org" is an address, too. Where only that reading finds something, the text is
    // kept in that reading, and where the pictures stood in it is no longer known.
    private (string Text, RedactedText? Map) Written(string text)
    {
        RedactedText redacted = _redactor.Redact(text);
        if (!redacted.Text.Contains("\\u00", StringComparison.Ordinal))
            return (redacted.Text, redacted);
        string plain = EscapedCharacter().Replace(text, m => ((char)int.Parse(m.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        RedactedText unescaped = _redactor.Redact(plain);
        return unescaped.Spans.Count > redacted.Spans.Count ? (unescaped.Text, null) : (redacted.Text, redacted);
    }

    private string? Optional(string? text) => text is null ? null : Text(text);

    private string Text(string text) => _redactor.Redact(text).Text;

    // Printable characters but quotes and backslashes, which JSON must escape.
    [GeneratedRegex(@"\\u00(?:2[013-9a-fA-F]|[346][0-9a-fA-F]|5[0-9abdefABDEF]|7[0-9a-eA-E])", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex EscapedCharacter();
}
