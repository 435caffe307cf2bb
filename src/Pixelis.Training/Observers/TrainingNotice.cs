namespace Pixelis.Training;

/// <summary>Something worth telling.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Message">One sentence.</param>
public sealed record TrainingNotice(NoticeKind Kind, int Step, string Message);
