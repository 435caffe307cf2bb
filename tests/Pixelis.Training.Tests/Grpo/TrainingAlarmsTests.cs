using Pixelis.Training.Grpo;
using Pixelis.Trajectories;

namespace Pixelis.Training.Tests.Grpo;

public class TrainingAlarmsTests
{
    private static readonly AlarmOptions Options = new() { Window = 4, DeadSteps = 3 };
    private readonly TrainingAlarms _alarms = new(Options);

    [Fact]
    public void Tools_given_up_are_told_once_and_again_only_after_they_came_back()
    {
        List<string> raised = Run([.. Enumerable.Repeat(1.0, 6), .. Enumerable.Repeat(0.2, 6), .. Enumerable.Repeat(1.0, 6), .. Enumerable.Repeat(0.0, 6)], rate => Report(toolRate: rate));
        Assert.Equal(2, raised.Count);
        Assert.All(raised, message => Assert.StartsWith("Tool collapse", message));
        Assert.Contains("at the start 100", raised[0]);
    }

    [Fact]
    public void A_model_that_never_called_tools_gives_none_up() => Assert.Empty(Run(Enumerable.Repeat(0.0, 20), rate => Report(toolRate: rate)));

    [Fact]
    public void Entropy_that_vanishes_is_told() =>
        Assert.StartsWith("Entropy collapse", Assert.Single(Run([1, 1, 1, 1, 0.5, 0.2, 0.05, 0.05, 0.05, 0.05, 0.05], entropy => Report(entropy: entropy))));

    [Fact]
    public void Steps_that_teach_nothing_are_counted_in_a_row()
    {
        Assert.Empty(Run([0, 0, 1, 0, 0, 1, 0, 0], updates => Report(updates: (int)updates)));
        Assert.Contains("in 3 steps in a row", Assert.Single(Run([0, 0, 0, 0, 0], updates => Report(updates: (int)updates))));
    }

    [Fact]
    public void A_reward_that_rises_while_accuracy_falls_is_suspicious()
    {
        (AlarmState state, _) = _alarms.AfterEvaluation(new AlarmState { Rewards = [0.4, 0.5] }, 0.6);
        (_, string? fell) = _alarms.AfterEvaluation(state with { Rewards = [0.3, 0.3] }, 0.5);
        Assert.Null(fell); // both fall: no one games anything
        (_, string? within) = _alarms.AfterEvaluation(state with { Rewards = [0.8] }, 0.58);
        Assert.Null(within);
        (AlarmState after, string? raised) = _alarms.AfterEvaluation(state with { Rewards = [0.8] }, 0.5);
        Assert.Contains("rose from 0.450 to 0.800 while held-out accuracy fell from 60.0", raised);
        Assert.Null(_alarms.AfterEvaluation(after, 0.4).Raised);
    }

    private List<string> Run(IEnumerable<double> values, Func<double, GrpoReport> report)
    {
        var state = new AlarmState();
        var all = new List<string>();
        foreach (double value in values)
        {
            (state, IReadOnlyList<string> raised) = _alarms.After(state, report(value));
            all.AddRange(raised);
        }
        return all;
    }

    private static GrpoReport Report(double toolRate = 1, double entropy = 1, int updates = 1)
    {
        ScoredEpisode[] episodes = [.. Enumerable.Range(0, 10).Select(i => GroupsOfEpisodes.Episode(calls: i < toolRate * 10 ? 1 : 0))];
        var group = new ScoredGroup(GroupsOfEpisodes.Example, episodes, new GroupAdvantages(new double[10], GroupSignal.Varied, new double?[10])) { Rewarded = new(GroupsOfEpisodes.Example, []) };
        var numbers = new PolicyLossNumbers { Tokens = 10, EntropySum = entropy * 10 };
        return new GrpoReport(
            new CollectedGroups([group], [group], 1, null), new UpdateResult { Updates = updates, GradientNorm = updates, Numbers = updates > 0 ? numbers : PolicyLossNumbers.None },
            null, 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }
}
