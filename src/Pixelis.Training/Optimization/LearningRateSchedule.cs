namespace Pixelis.Training;

/// <summary>The learning rate of every step: a function of the step alone, so that it has no state to save.</summary>
/// <param name="options">Rate, shape, warm-up.</param>
/// <param name="steps">Steps of the whole run.</param>
public sealed class LearningRateSchedule(OptimizationOptions options, int steps)
{
    private readonly int _warmUp = (int)Math.Round(options.WarmUp * steps);

    /// <summary>The rate of a step, counted from 0. The warm-up's first step already moves.</summary>
    public double At(int step)
    {
        if (step < _warmUp)
            return options.LearningRate * (step + 1) / _warmUp;
        double progress = steps - 1 <= _warmUp ? 0 : Math.Clamp((step - _warmUp) / (double)(steps - 1 - _warmUp), 0, 1);
        double share = options.Schedule switch
        {
            ScheduleShape.Cosine => 0.5 * (1 + Math.Cos(Math.PI * progress)),
            ScheduleShape.Linear => 1 - progress,
            _ => 1,
        };
        double lowest = options.Schedule == ScheduleShape.Constant ? options.LearningRate : options.LearningRate * options.FinalShare;
        return lowest + ((options.LearningRate - lowest) * share);
    }
}
