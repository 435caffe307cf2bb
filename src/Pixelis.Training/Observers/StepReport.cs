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
    /// <summary>Further numbers by name, for the logs; a slash parts a group from a name (<c>reward/task</c>). Default empty.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Name of the one among <see cref="Numbers"/> that a short view shows in the place of the loss; null (default) for the loss.</summary>
    public string? Headline { get; init; }

    /// <summary>Tokens a second, without padding.</summary>
    public double TokensPerSecond => Result.Tokens / Math.Max(1e-9, Duration.TotalSeconds);
}
