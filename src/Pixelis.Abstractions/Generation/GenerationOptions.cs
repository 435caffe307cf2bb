namespace Pixelis.Generation;

/// <summary>How a model turns logits into tokens. The defaults decode greedily.</summary>
public sealed record GenerationOptions
{
    /// <summary>Most tokens one turn may add. Default 512, at least 1.</summary>
    public int MaxNewTokens { get; init; } = 512;

    /// <summary>Sampling temperature; 0 (default) takes the most likely token.</summary>
    public double Temperature { get; init; }

    /// <summary>Keep only this many most likely tokens before sampling; 0 (default) keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Keep the smallest set of tokens whose probability reaches this value; 1 (default) keeps all. Range (0, 1].</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Drop tokens less likely than this share of the most likely one; 0 (default) drops none. Range [0, 1).</summary>
    public double MinP { get; init; }

    /// <summary>
    /// Divides positive and multiplies negative logits of tokens seen so far (prompt included); 1 (default) does nothing. Greater than
    /// 0.
    /// </summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Subtracted from the logits of tokens generated so far; 0 (default) does nothing.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>
    /// Seed of this sequence's random draws; null draws a fresh one. On CPU in float32 the same seed gives the same tokens,
    /// whatever else is in the batch.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>Texts that end the turn when they appear; they are part of the generated tokens but not of the reported text.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    /// <summary>Token ids that end the turn, beside the model's own end-of-turn tokens.</summary>
    public IReadOnlyList<int> StopTokenIds { get; init; } = [];

    /// <summary>Whether the model's own end-of-turn tokens are ignored (benchmarks, golden tests). Default false.</summary>
    public bool IgnoreEndOfTurn { get; init; }

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names the property, the value and the
    /// range.</exception>
    public void Validate()
    {
        Require(MaxNewTokens >= 1, nameof(MaxNewTokens), MaxNewTokens, "at least 1");
        Require(double.IsFinite(Temperature) && Temperature >= 0, nameof(Temperature), Temperature, "0 (greedy) or a positive number");
        Require(TopK >= 0, nameof(TopK), TopK, "0 (all tokens) or a positive number");
        Require(TopP is > 0 and <= 1, nameof(TopP), TopP, "greater than 0 and at most 1 (all tokens)");
        Require(MinP is >= 0 and < 1, nameof(MinP), MinP, "at least 0 (off) and less than 1");
        bool positive = double.IsFinite(RepetitionPenalty) && RepetitionPenalty > 0;
        Require(positive, nameof(RepetitionPenalty), RepetitionPenalty, "a positive number (1 is off)");
        Require(double.IsFinite(PresencePenalty), nameof(PresencePenalty), PresencePenalty, "a finite number (0 is off)");
        Require(StopStrings.All(s => !string.IsNullOrEmpty(s)), nameof(StopStrings), "an empty text", "texts of at least one character");
        Require(StopTokenIds.All(id => id >= 0), nameof(StopTokenIds), "a negative id", "token ids, 0 or greater");
    }

    private static void Require(bool holds, string property, object value, string expected)
    {
        if (holds)
            return;
        string problem = FormattableString.Invariant($"{nameof(GenerationOptions)}.{property} is {value}; expected {expected}.");
        throw new ArgumentException(problem, property);
    }
}
