namespace Pixelis.Training;

/// <summary>A finished step.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Result">What it gave.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Stage">Its stage of the curriculum, from 0.</param>
/// <param name="Duration">Time it took, waiting for data included.</param>
/// <param name="DataWait">Part of that time in which it waited for data.</param>
public sealed record StepReport(int Step, StepResult Result, double LearningRate, int Stage, TimeSpan Duration, TimeSpan DataWait)
{
    /// <summary>Tokens a second, without padding.</summary>
    public double TokensPerSecond => Result.Tokens / Math.Max(1e-9, Duration.TotalSeconds);
}
