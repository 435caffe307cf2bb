using System.Globalization;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// What calls cost, 0 or less: each beyond the first (Pixel-Reasoner's beta, Su et al. 2025), each that failed, each that lacks what it
/// builds on, and each beyond its tool's limit. An episode without calls costs nothing; whether it should have called is what the task
/// and curiosity rewards say.
/// </summary>
public sealed class ToolUseReward : IRewardFunction
{
    private readonly ToolUseOptions _options;
    private readonly Dictionary<string, int> _limits;

    /// <summary>Makes the reward.</summary>
    /// <param name="options">What calls cost; null for the defaults.</param>
    public ToolUseReward(ToolUseOptions? options = null)
    {
        _options = options ?? new ToolUseOptions();
        _options.Validate();
        _limits = _options.OveruseLimits.ToDictionary(l => ToolNames.Of(l.Key), l => l.Value);
    }

    /// <inheritdoc />
    public string Name => "tool_use";

    /// <inheritdoc />
    public RewardRange Range => new(-_options.MostCost, 0);

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [.. group.Episodes.Select(e => BoundedTerms.Sum([.. Terms(e.Trajectory)], Range))];
    }

    private IEnumerable<RewardTerm> Terms(Trajectory trajectory)
    {
        var prerequisites = new Prerequisites(trajectory);
        var uses = new Dictionary<string, int>();
        int succeeded = 0;
        foreach (EpisodeCall call in EpisodeReader.Calls(trajectory))
        {
            if (prerequisites.Missing(call) is { } missing)
                yield return new RewardTerm("prerequisite", -_options.PrerequisiteCost, $"{call.Tool}: {missing}", call.Turn);
            else if (!call.Succeeded)
                yield return new RewardTerm("failure", -_options.FailureCost, call.Tool.Length > 0 ? $"{call.Tool} failed" : "a call that could not be read", call.Turn);
            if (call.Succeeded && ++succeeded > _options.FreeCalls)
                yield return new RewardTerm("excess", -_options.ExcessCost, string.Create(CultureInfo.InvariantCulture, $"call {succeeded}"), call.Turn);
            int used = uses[call.Tool] = uses.GetValueOrDefault(call.Tool) + 1;
            if (_limits.TryGetValue(call.Tool, out int limit) && used > limit)
                yield return new RewardTerm("overuse", -_options.OveruseCost, string.Create(CultureInfo.InvariantCulture, $"{call.Tool} {used} times, limit {limit}"), call.Turn);
        }
    }
}
