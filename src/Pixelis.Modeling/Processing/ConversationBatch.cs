using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// Several conversations as one forward pass, with the tokens the model is to predict in them: only their rows need logits
/// (<see cref="ForwardOptions.LogitRows"/>). Owns its tensors.
/// </summary>
public sealed record ConversationBatch : IDisposable
{
    /// <summary>What the model reads, padded on the right without a mask (causal attention needs none there).</summary>
    public required ModelInputs Inputs { get; init; }

    /// <summary>The predicted tokens, conversation by conversation.</summary>
    public required IReadOnlyList<TokenTarget> Targets { get; init; }

    /// <summary>For each target the flat index <c>row * L + column</c> of the position that predicts it, one before the token's own; <c>int64 [N]</c>.</summary>
    public required Tensor TargetRows { get; init; }

    /// <summary>The targets' token ids, <c>int64 [N]</c>.</summary>
    public required Tensor TargetIds { get; init; }

    /// <summary>The targets' weights in the loss, <c>float32 [N]</c>.</summary>
    public required Tensor TargetWeights { get; init; }

    /// <summary>Tokens without padding.</summary>
    public required int TokenCount { get; init; }

    /// <inheritdoc />
    public void Dispose()
    {
        Inputs.Dispose();
        TargetRows.Dispose();
        TargetIds.Dispose();
        TargetWeights.Dispose();
    }
}
