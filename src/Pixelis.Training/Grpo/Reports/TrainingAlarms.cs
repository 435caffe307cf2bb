namespace Pixelis.Training.Grpo;

/// <summary>Says early and with a reason that a run goes wrong. Pure functions of state and measurements.</summary>
internal sealed class TrainingAlarms(AlarmOptions options)
{
    private const string Tools = "tools", Entropy = "entropy", Dead = "dead", Hacking = "hacking";

    /// <summary>The state after a step, and the alarms it raises.</summary>
    public (AlarmState State, IReadOnlyList<string> Raised) After(AlarmState state, GrpoReport report)
    {
        state = state with
        {
            ToolRates = Newest(state.ToolRates, report.ToolRate),
            Entropies = report.Update.Updates > 0 ? Newest(state.Entropies, report.Update.Numbers.Entropy) : state.Entropies,
            Rewards = report.Reward is { } reward ? Newest(state.Rewards, reward) : state.Rewards,
            DeadSteps = report.Update.Updates > 0 && report.Update.GradientNorm > 0 ? 0 : state.DeadSteps + 1,
        };
        state = state with { FirstToolRate = state.FirstToolRate ?? First(state.ToolRates), FirstEntropy = state.FirstEntropy ?? First(state.Entropies) };
        var raised = new List<string>();
        state = Judge(state, Tools, IsBelow(state.ToolRates, state.FirstToolRate, options.ToolCollapse), raised, () => FormattableString.Invariant(
            $"Tool collapse: {state.ToolRates.Average():P0} of episodes call a tool, at the start {state.FirstToolRate:P0} did. Reward what needs them (curiosity), or go back to a checkpoint from before."));
        state = Judge(state, Entropy, IsBelow(state.Entropies, state.FirstEntropy, options.EntropyCollapse), raised, () => FormattableString.Invariant(
            $"Entropy collapse: {state.Entropies.Average():G3} nats a token, at the start {state.FirstEntropy:G3}. Episodes of a group grow alike; raise EpsilonHigh or EntropyCoefficient, or lower the learning rate."));
        state = Judge(state, Dead, state.DeadSteps >= options.DeadSteps, raised, () => FormattableString.Invariant(
            $"Dead gradients: in {state.DeadSteps} steps in a row nothing could be learnt ({report.UniformGroups:P0} of the last groups earned the same throughout). Choose prompts that are sometimes solved, larger groups, or resampling."));
        return (state, raised);
    }

    /// <summary>The state after an evaluation, and the alarm it raises, if any.</summary>
    public (AlarmState State, string? Raised) AfterEvaluation(AlarmState state, double accuracy)
    {
        double reward = state.Rewards.Count > 0 ? state.Rewards.Average() : 0;
        if (state.BestAccuracy is not { } best || accuracy >= best)
            state = state with { BestAccuracy = accuracy, RewardAtBest = reward };
        bool isSuspicious = accuracy < state.BestAccuracy - options.AccuracyLoss && reward > state.RewardAtBest;
        var raised = new List<string>();
        state = Judge(state, Hacking, isSuspicious, raised, () => FormattableString.Invariant(
            $"The reward may be gamed: it rose from {state.RewardAtBest:F3} to {reward:F3} while held-out accuracy fell from {state.BestAccuracy:P1} to {accuracy:P1}. Look at episodes with 'pixelis rewards explain'."));
        return (state, raised.FirstOrDefault());
    }

    private static AlarmState Judge(AlarmState state, string name, bool isOn, List<string> raised, Func<string> message)
    {
        bool was = state.Raised.Contains(name);
        if (isOn && !was)
            raised.Add(message());
        return isOn == was ? state : state with { Raised = isOn ? [.. state.Raised, name] : [.. state.Raised.Where(r => r != name)] };
    }

    private bool IsBelow(IReadOnlyList<double> newest, double? first, double part) => newest.Count >= options.Window && first is > 0 && newest.Average() < first * part;

    private double? First(IReadOnlyList<double> values) => values.Count >= options.Window ? values.Average() : null;

    private IReadOnlyList<double> Newest(IReadOnlyList<double> values, double value) => [.. values.Append(value).TakeLast(options.Window)];
}
