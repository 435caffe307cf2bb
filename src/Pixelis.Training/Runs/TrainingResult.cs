namespace Pixelis.Training;

/// <summary>How a run ended.</summary>
/// <param name="End">Why.</param>
/// <param name="Step">Steps done.</param>
/// <param name="BestStep">Step of the best evaluation; null without evaluations.</param>
/// <param name="Best">The best evaluation of this process; null without any.</param>
/// <param name="BadSteps">Steps that changed nothing because loss or gradient was not a finite number.</param>
/// <param name="SkippedExamples">Examples that could not be used.</param>
/// <param name="Error">What went wrong, for <see cref="TrainingEnd.Failed"/>.</param>
public sealed record TrainingResult(TrainingEnd End, int Step, int? BestStep, EvaluationResult? Best, int BadSteps, long SkippedExamples, string? Error = null);
