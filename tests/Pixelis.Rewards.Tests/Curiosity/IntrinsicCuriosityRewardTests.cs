using Pixelis.Testing;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Curiosity;

public sealed class IntrinsicCuriosityRewardTests : RewardConformance, IDisposable
{
    private static readonly float[][] States = [[1, 0, 2, 0], [0, 1, 0, 2], [3, 1, 0, 0]];
    private static readonly Trajectory Looked = Episodes.Of("7", Episodes.Zoom(0, 0), Episodes.Read(0, 0));
    private readonly CuriosityModule _module = new(new CuriosityOptions { StateSize = 4, FeatureSize = 8, HiddenSize = 16 });

    protected override double Tolerance => 1e-5; // a product of another shape rounds differently

    protected override IRewardFunction CreateReward() => new IntrinsicCuriosityReward(_module);

    public void Dispose() => _module.Dispose();

    [Fact]
    public void The_reward_is_eta_times_the_mean_error_of_the_steps()
    {
        RewardBreakdown reward = Of(Looked, States);
        IReadOnlyList<double> errors = _module.Errors(
        [
            new CuriosityTransition(States[0], [Episodes.Zoom(0, 0)], States[1]),
            new CuriosityTransition(States[1], [Episodes.Read(0, 0)], States[2]),
        ]);
        Assert.Equal([("surprise", 1), ("surprise", 3)], reward.Terms.Take(2).Select(t => (t.Name, t.Turn!.Value)));
        Assert.Equal(0.5 * errors[0] / 2, reward.Terms[0].Value, 1e-6);
        Assert.Equal(Math.Min(1, 0.5 * errors.Average()), reward.Total!.Value, 1e-6);
    }

    [Fact]
    public void It_is_bounded()
    {
        using var module = new CuriosityModule(_module.Options with { MostReward = 0.01 });
        RewardBreakdown reward = Assert.Single(new IntrinsicCuriosityReward(module).Score(Group(Looked, States)));
        Assert.Equal(0.01, reward.Total!.Value, 1e-9);
        Assert.Equal("limit", reward.Terms[^1].Name);
    }

    [Fact]
    public void What_has_been_learned_earns_less()
    {
        double before = Of(Looked, States).Total!.Value;
        IReadOnlyList<CuriosityTransition> steps = CuriosityTransition.Of(Group(Looked, States), Group(Looked, States).Episodes[0]);
        for (int i = 0; i < 100; i++)
            _module.Learn(steps);
        Assert.True(Of(Looked, States).Total < before / 2, $"{before} -> {Of(Looked, States).Total}");
    }

    [Fact]
    public void States_that_are_missing_or_not_finite_are_not_measured()
    {
        Assert.Null(Of(Looked, null).Total);
        Assert.Null(Of(Looked, [States[0], [float.NaN, 0, 0, 0], States[2]]).Total);
        Assert.Null(Of(Looked, [States[0], [float.PositiveInfinity, 0, 0, 0], States[2]]).Total);
    }

    [Fact]
    public void Answering_at_once_earns_nothing() => Assert.Equal(0, Of(Episodes.Of("7"), [States[0]]).Total);

    [Fact]
    public void States_of_another_size_are_refused() => Assert.Throws<RewardException>(() => Of(Episodes.Of("7"), [[1, 2, 3]]));

    private static RewardGroup Group(Trajectory trajectory, float[][]? states) =>
        new(Episodes.Example("7"), [new RewardEpisode(trajectory) { States = states }]);

    private RewardBreakdown Of(Trajectory trajectory, float[][]? states) => Assert.Single(CreateReward().Score(Group(trajectory, states)));
}
