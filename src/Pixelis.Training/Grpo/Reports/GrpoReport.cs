using Pixelis.Generation;
using Pixelis.Rewards;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>What a step gave, in numbers for logs and alarms. Rewards and tools are of all episodes collected, learning is of those learnt from.</summary>
internal sealed class GrpoReport
{
    private readonly CollectedGroups _collected;
    private readonly ScoredEpisode[] _episodes;
    private readonly CuriosityLosses? _surprise;
    private readonly double _klCoefficient;
    private readonly TimeSpan _sampling;
    private readonly TimeSpan _duration;

    public GrpoReport(CollectedGroups collected, UpdateResult update, CuriosityLosses? surprise, double klCoefficient, TimeSpan sampling, TimeSpan duration)
    {
        _collected = collected;
        _episodes = [.. collected.Episodes];
        Update = update;
        _surprise = surprise;
        _klCoefficient = klCoefficient;
        _sampling = sampling;
        _duration = duration;
    }

    public UpdateResult Update { get; }

    /// <summary>Mean reward; null when none is known.</summary>
    public double? Reward => Mean(_episodes.Select(e => e.Reward.Total));

    /// <summary>Share of episodes whose answer is wholly right, by the reward's required part; null without one.</summary>
    public double? Success => Mean(_episodes.Select(e => IsRight(e) is { } right ? right ? 1 : (double?)0 : null));

    /// <summary>Share of episodes that call a tool.</summary>
    public double ToolRate => Share(e => Calls(e).Any());

    /// <summary>Share of groups that had nothing to say.</summary>
    public double UniformGroups => _collected.All.Count == 0 ? 0 : _collected.All.Count(g => !g.Advantages.HasSignal) / (double)_collected.All.Count;

    /// <summary>The report for observers.</summary>
    public StepReport ToStep(int step, double learningRate, int stage)
    {
        int written = _episodes.Sum(e => e.Sequence.BehaviorLogProbs.Count), tokens = _episodes.Sum(e => e.Trajectory.TokenIds.Count);
        double loss = Update.Updates > 0 ? Update.Numbers.Loss / Update.Updates : Update.IsApplied ? 0 : double.NaN;
        var result = new StepResult(loss, Update.GradientNorm, Update.IsApplied, _episodes.Length, tokens, tokens, written) { Problem = Update.Fault };
        return new StepReport(step, result, learningRate, stage, _duration, TimeSpan.Zero)
        {
            Numbers = Rewards().Concat(Policy()).Concat(Behaviour()).Where(n => n.Value is not null).ToDictionary(n => n.Name, n => n.Value!.Value),
            Headline = "reward/mean",
        };
    }

    private IEnumerable<(string Name, double? Value)> Rewards()
    {
        yield return ("reward/mean", Reward);
        yield return ("reward_std/all", Deviation(_episodes.Select(e => e.Reward.Total)));
        foreach (string part in _episodes.SelectMany(e => e.Reward.Parts.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            double?[] values = [.. _episodes.Select(e => e.Reward.Parts.GetValueOrDefault(part)?.Total)];
            yield return ($"reward/{part}", Mean(values));
            yield return ($"reward_std/{part}", Deviation(values));
        }

        yield return ("success/episodes", Success);
        yield return ("success/groups", _collected.TaskPart is null ? null : Mean(_collected.All.Select(g => (double?)(g.Episodes.Any(e => IsRight(e) == true) ? 1 : 0))));
        yield return ("groups/uniform", UniformGroups);
        yield return ("groups/advantage_std", Deviation(_collected.Groups.SelectMany(g => g.Advantages.Values).Select(a => (double?)a)));
        yield return ("groups/unscored", _collected.All.Sum(g => g.Advantages.Unscored + g.Advantages.Failed));
        if (_surprise is not null)
        {
            yield return ("curiosity/forward", _surprise.Forward);
            yield return ("curiosity/inverse", _surprise.Inverse);
        }
    }

    private IEnumerable<(string Name, double? Value)> Policy()
    {
        PolicyLossNumbers numbers = Update.Numbers;
        yield return ("update/count", Update.Updates);
        if (numbers.Tokens == 0)
            yield break;
        yield return ("policy/entropy", numbers.Entropy);
        yield return ("policy/kl_reference", numbers.Kl);
        yield return ("policy/kl_old", numbers.PolicyKl);
        yield return ("policy/kl_coefficient", _klCoefficient);
        yield return ("clip/low", numbers.ClippedLow);
        yield return ("clip/high", numbers.ClippedHigh);
        yield return ("clip/dual", numbers.ClippedDual);
        yield return ("ratio/mean", numbers.Ratio);
        yield return ("ratio/max", numbers.RatioMax);
        yield return ("sampler/gap", numbers.SamplerGap);
        yield return ("sampler/gap_max", numbers.SamplerGapMax);
    }

    private IEnumerable<(string Name, double? Value)> Behaviour()
    {
        int calls = _episodes.Sum(e => Calls(e).Count());
        yield return ("tools/rate", ToolRate);
        yield return ("tools/calls", calls / (double)_episodes.Length);
        yield return ("tools/failed", calls == 0 ? 0 : _episodes.Sum(e => Calls(e).Count(c => c.IsError)) / (double)calls);
        foreach (string name in _episodes.SelectMany(Calls).Where(c => !c.IsError).Select(c => c.Call.Name).Distinct().Order(StringComparer.Ordinal))
            yield return ($"tool_rate/{name}", Share(e => Calls(e).Any(c => !c.IsError && c.Call.Name == name)));
        yield return ("episodes/answered", Share(e => e.Trajectory.EndReason == EndReason.Answered));
        yield return ("episodes/cut_off", Share(e => e.IsCutOff));
        yield return ("episodes/void", Share(e => e.IsVoid));
        yield return ("length/written", Mean(_episodes.Select(e => (double?)e.Sequence.BehaviorLogProbs.Count)));
        yield return ("length/tokens", Mean(_episodes.Select(e => (double?)e.Trajectory.TokenIds.Count)));
        yield return ("length/turns", Mean(_episodes.Select(e => (double?)e.Trajectory.Turns.Count(t => t.Role == Role.Assistant && !t.IsInjected))));
        yield return ("seconds/sampling", _sampling.TotalSeconds);
        yield return ("seconds/learning", (_duration - _sampling).TotalSeconds);
    }

    // Null where it is not known.
    private bool? IsRight(ScoredEpisode episode) =>
        _collected.TaskPart is { } task && episode.Reward.Parts.GetValueOrDefault(task.Reward.Name)?.Total is { } earned ? earned >= task.Reward.Range.Most : null;

    private double Share(Func<ScoredEpisode, bool> holds) => _episodes.Length == 0 ? 0 : _episodes.Count(holds) / (double)_episodes.Length;

    private static IEnumerable<ToolInvocation> Calls(ScoredEpisode episode) => episode.Trajectory.Turns.Where(t => !t.IsInjected).SelectMany(t => t.Invocations);

    private static double? Mean(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0 ? null : known.Average();
    }

    private static double? Deviation(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        double mean = known.Length == 0 ? 0 : known.Average();
        return known.Length < 2 ? null : Math.Sqrt(known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1));
    }
}
