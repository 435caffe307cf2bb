using System.Globalization;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Curiosity as Pixel-Reasoner has it (Su et al. 2025): who looks closer is paid while few of the group do. With RaPR the share of the
/// group's episodes that called a tool with success, an episode that did gets <c>alpha * max(H - RaPR, 0)</c>, the others 0. The cost of
/// calls beyond one, which the paper adds here, is <see cref="ToolUseReward"/>'s. A group in which nobody calls is paid nothing, so that
/// state has no way out: warm up above it, and watch the share.
/// </summary>
public sealed class GroupCuriosityReward : IRewardFunction
{
    private readonly GroupCuriosityOptions _options;

    /// <summary>Makes the reward.</summary>
    /// <param name="options">Formula and numbers; null for the paper's.</param>
    public GroupCuriosityReward(GroupCuriosityOptions? options = null)
    {
        _options = options ?? new GroupCuriosityOptions();
        _options.Validate();
    }

    /// <inheritdoc />
    public string Name => "curiosity";

    /// <inheritdoc />
    public RewardRange Range => new(0, _options.Most);

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        bool[] looked = [.. group.Episodes.Select(e => EpisodeReader.Calls(e.Trajectory).Any(c => c.Succeeded))];
        int lookers = looked.Count(l => l);
        double share = (double)lookers / Math.Max(1, looked.Length);
        string count = string.Create(CultureInfo.InvariantCulture, $"{lookers} of {looked.Length} looked closer");
        return [.. group.Episodes.Zip(looked, (e, l) => RewardBreakdown.Of(Name, l ? Bonus(share, e.Trajectory) : 0, count))];
    }

    private double Bonus(double share, Trajectory trajectory)
    {
        double missing = Math.Max(_options.Target - share, 0);
        if (_options.Form == CuriosityForm.Paper)
            return _options.Alpha * missing;
        double divisor = trajectory.Inputs.Any(i => i.FrameCount > 0) ? _options.ReleasedVideoDivisor : _options.ReleasedImageDivisor;
        return Math.Min(_options.ReleasedLimit, _options.ReleasedScale * missing / divisor / share);
    }
}
