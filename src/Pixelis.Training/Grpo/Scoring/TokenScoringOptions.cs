namespace Pixelis.Training.Grpo;

/// <summary>How conversations are scored. Sizes change speed and memory, and results by rounding at most.</summary>
public sealed record TokenScoringOptions
{
    /// <summary>Most conversations that go through the model at once; 0 for no limit. Default 8.</summary>
    public int MicroBatchSize { get; init; } = 8;

    /// <summary>Most tokens, padding (without <see cref="Packing"/>) included, at once; a single conversation may exceed it. Default 0: no limit.</summary>
    public int MicroBatchTokens { get; init; }

    /// <summary>Whether conversations stand one after another in one row instead of side by side with padding; for models that read that. Default false.</summary>
    public bool Packing { get; init; }

    /// <summary>
    /// Matrix products in bfloat16. Default false. Score old log-probabilities as training computes the new ones: else ratios are not 1 where
    /// nothing has changed.
    /// </summary>
    public bool Autocast { get; init; }

    /// <summary>Whether entropies are measured. Default false.</summary>
    public bool Entropies { get; init; }

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(MicroBatchSize, 0, nameof(MicroBatchSize));
        OptionCheck.AtLeast(MicroBatchTokens, 0, nameof(MicroBatchTokens));
    }
}
