namespace Pixelis.Training;

/// <summary>What a step of training gave.</summary>
/// <param name="Loss">Weighted mean of the negative log-probabilities of the learnt tokens, before the step.</param>
/// <param name="GradientNorm">Norm of all gradients before clipping.</param>
/// <param name="IsApplied">False when loss or gradient was not a finite number: then nothing was changed.</param>
/// <param name="Examples">Examples of the batch.</param>
/// <param name="Tokens">Tokens read, without padding.</param>
/// <param name="PaddedTokens">Tokens read, padding included.</param>
/// <param name="Targets">Tokens learnt.</param>
public readonly record struct StepResult(double Loss, double GradientNorm, bool IsApplied, int Examples, int Tokens, int PaddedTokens, int Targets)
{
    /// <summary>What went wrong, of a step that was not applied; null where loss and norm say it.</summary>
    public string? Problem { get; init; }
}
