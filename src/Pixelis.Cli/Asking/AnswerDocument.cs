namespace Pixelis.Cli.Asking;

/// <summary>An answer as <c>ask --json</c> prints it.</summary>
/// <param name="Model">The model's folder.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The text.</param>
/// <param name="FinishReason">Why the model stopped.</param>
/// <param name="PromptTokens">Tokens the model read.</param>
/// <param name="NewTokens">Tokens it wrote.</param>
/// <param name="LoadSeconds">Time to load the model.</param>
/// <param name="FirstTokenSeconds">From the question to the first token: image processing and prefill.</param>
/// <param name="TokensPerSecond">Decoding speed after the first token; 0 when there was only one.</param>
internal sealed record AnswerDocument(
    string Model,
    string Question,
    string Answer,
    string FinishReason,
    int PromptTokens,
    int NewTokens,
    double LoadSeconds,
    double FirstTokenSeconds,
    double TokensPerSecond);
