namespace Pixelis.Training;

/// <summary>The rules of a curriculum: a pure function of state and measured accuracy.</summary>
/// <param name="options">Thresholds.</param>
public sealed class CurriculumController(CurriculumOptions options)
{
    /// <summary>The state at the start.</summary>
    public CurriculumState Start { get; } = new();

    /// <summary>The state after an evaluation. A different <see cref="CurriculumState.Stage"/> means promotion or roll-back.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="accuracy">Measured accuracy, 0 to 1. Not a loss: what 1 / (1 + loss) measures is the text, not success.</param>
    public CurriculumState After(CurriculumState state, double accuracy)
    {
        ArgumentNullException.ThrowIfNull(state);
        OptionCheck.Within(accuracy, 0, 1, nameof(accuracy));
        double[] measured = [.. state.Accuracies, accuracy];
        CurriculumState next = state with { Accuracies = measured };
        if (measured.Length < options.Smoothing)
            return next;
        double mean = measured.TakeLast(options.Smoothing).Average();
        if (measured.Length == options.Smoothing && state.BeforePromotion is { } before && mean < before - options.RollBackAt)
        {
            int rollBacks = state.RollBacks + 1;
            return new CurriculumState { Stage = state.Stage - 1, CoolDown = options.CoolDown << Math.Min(rollBacks, 16), RollBacks = rollBacks };
        }

        bool isLast = state.Stage >= options.Stages - 1;
        bool succeeds = measured.Length > state.CoolDown && mean >= options.PromoteAt;
        bool isOver = options.MaxEvaluations > 0 && measured.Length >= options.MaxEvaluations;
        if (isLast || !(succeeds || isOver))
            return next;
        return new CurriculumState { Stage = state.Stage + 1, BeforePromotion = mean, CoolDown = options.CoolDown, RollBacks = state.RollBacks };
    }
}
