using System.Text;
using Pixelis.Generation.Sampling;
using Pixelis.Modeling;

namespace Pixelis.Generation.Stopping;

/// <summary>Collects one turn token by token, turns it into text, and says when it ends and why.</summary>
internal sealed class TurnRecorder
{
    private readonly GenerationOptions _options;
    private readonly HashSet<int> _endOfTurn;
    private readonly HashSet<int> _stopTokens;
    private readonly StreamingTextDecoder? _decoder;
    private readonly StopStringMatcher _matcher;
    private readonly List<int> _ids = [];
    private readonly List<float> _logProbabilities = [];
    private readonly StringBuilder _text = new();

    /// <summary>Starts a turn.</summary>
    /// <param name="options">Stop rules, already validated.</param>
    /// <param name="endOfTurn">The model's own ending tokens; ignored when the options say so.</param>
    /// <param name="decoder">Makes text; null leaves it empty, and then no stop strings can be watched for.</param>
    public TurnRecorder(GenerationOptions options, IReadOnlyList<int> endOfTurn, StreamingTextDecoder? decoder)
    {
        if (decoder is null && options.StopStrings.Count > 0)
            throw new ArgumentException("Stop strings need a tokenizer: give the generator one, or use stop tokens.", nameof(decoder));
        _options = options;
        _endOfTurn = options.IgnoreEndOfTurn ? [] : [.. endOfTurn];
        _stopTokens = [.. options.StopTokenIds];
        _decoder = decoder;
        _matcher = new StopStringMatcher(options.StopStrings);
    }

    /// <summary>Why the turn ended; null while it goes on.</summary>
    public FinishReason? FinishReason { get; private set; }

    /// <summary>Tokens so far.</summary>
    public int Count => _ids.Count;

    /// <summary>Records a token. The last one of a turn carries all text that was still held back.</summary>
    public GeneratedToken Add(SampledToken token)
    {
        _ids.Add(token.Id);
        _logProbabilities.Add(token.LogProbability);
        FinishReason = ReasonFor(token.Id);
        bool silent = FinishReason is Generation.FinishReason.EndOfTurn or Generation.FinishReason.StopToken;
        string text = silent || _decoder is null ? "" : _matcher.Append(_decoder.Append(token.Id));
        if (_matcher.Stopped)
            FinishReason = Generation.FinishReason.StopString;
        else if (FinishReason is not null && _decoder is not null)
            text += Rest();
        _text.Append(text);
        return new GeneratedToken(token.Id, token.LogProbability, text);
    }

    /// <summary>The turn as far as it went; a turn that was broken off counts as ended by length.</summary>
    public GeneratedTurn ToTurn() =>
        new([.. _ids], [.. _logProbabilities], _text.ToString(), FinishReason ?? Generation.FinishReason.Length);

    private string Rest()
    {
        string last = _matcher.Append(_decoder!.Flush());
        if (_matcher.Stopped)
            FinishReason = Generation.FinishReason.StopString;
        return last + _matcher.Flush();
    }

    private FinishReason? ReasonFor(int token)
    {
        if (_endOfTurn.Contains(token))
            return Generation.FinishReason.EndOfTurn;
        if (_stopTokens.Contains(token))
            return Generation.FinishReason.StopToken;
        return Count >= _options.MaxNewTokens ? Generation.FinishReason.Length : null;
    }
}
