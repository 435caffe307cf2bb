namespace Pixelis.Modeling;

/// <summary>What a forward pass returns beside logits.</summary>
public sealed record ForwardOptions
{
    /// <summary>Positions to compute logits for. Default all.</summary>
    public LogitsSelection Logits { get; init; } = LogitsSelection.All;

    /// <summary>Whether to keep the output of every decoder layer. Default false.</summary>
    public bool HiddenStates { get; init; }
}
