using System.Globalization;

namespace Pixelis.Rewards;

/// <summary>
/// Intrinsic curiosity (Pathak et al. 2017): <c>eta</c> times the forward model's mean squared error over an episode's steps, 0 to
/// <see cref="CuriosityOptions.MostReward"/>. It is a mean, so that more steps alone earn nothing; what the module has learned earns
/// little. Pure between two calls of <see cref="CuriosityModule.Learn"/>, which the trainer makes after scoring. An episode without states
/// is not measured; one of a single turn gets 0.
/// </summary>
/// <param name="module">What has been learned so far; not owned.</param>
public sealed class IntrinsicCuriosityReward(CuriosityModule module) : IRewardFunction
{
    internal const string RewardName = "intrinsic_curiosity";

    /// <inheritdoc />
    public string Name => RewardName;

    /// <inheritdoc />
    public RewardRange Range => new(0, module.Options.MostReward);

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        string?[] problems = [.. group.Episodes.Select(e => EpisodeReader.StatesProblem(Name, group, e))];
        if (group.Episodes.FirstOrDefault(e => e.States is [var first, ..] && first.Length != module.Options.StateSize) is { } stray)
            throw new RewardException(Name, group.Example.Id, $"states of {stray.States![0].Length} numbers; the module takes {module.Options.StateSize}.");
        IReadOnlyList<CuriosityTransition>[] steps = [.. group.Episodes.Select(e => CuriosityTransition.Of(group, e))];
        var errors = new Queue<double>(module.Errors([.. steps.SelectMany(s => s)]));
        return
        [
            .. steps.Zip(problems, (transitions, problem) => problem is null
                ? BoundedTerms.Sum([.. transitions.Select(t => Surprise(t.Turn, errors.Dequeue(), transitions.Count))], Range)
                : RewardBreakdown.NotMeasured(Name, problem)),
        ];
    }

    private RewardTerm Surprise(int turn, double error, int count) => new(
        "surprise", module.Options.Eta * error / count, string.Create(CultureInfo.InvariantCulture, $"error {error:0.###} of what came next"), turn);
}
