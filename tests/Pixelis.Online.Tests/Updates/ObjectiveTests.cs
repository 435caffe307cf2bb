using Pixelis.Online.Updates;
using Pixelis.Rewards;
using Pixelis.Training.Grpo;
using Pixelis.Trajectories;

namespace Pixelis.Online.Tests.Updates;

/// <summary>That real updates of a real model do what they are for.</summary>
public sealed class ObjectiveTests : IDisposable
{
    private readonly SmallPolicy _small = new();

    public void Dispose() => _small.Dispose();

    [Theory]
    [InlineData("ttrl")]
    [InlineData("weighted-sft")]
    public async Task An_update_makes_the_label_likelier(string name)
    {
        using var worker = new UpdateWorker(_small.Parts(Objective(name)), Loose);
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        double before = _small.LogProbOfLabel(task);
        UpdateMeasures first = Update(Objective(name), task, 1e-2);
        double after = _small.LogProbOfLabel(task);
        Assert.True(first.HasChanged && first.Fault is null);
        Assert.True(after > before + 0.01, $"{before:F4} -> {after:F4}");
        Assert.InRange(first.Agreement, 0.1, 0.99);
        Assert.True(first.GradientNorm > 0 && first.Tokens > 0);
    }

    [Fact]
    public async Task A_group_of_one_mind_says_nothing_to_ttrl_and_something_to_supervised_learning()
    {
        using var worker = new UpdateWorker(_small.Parts(), Loose);
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        Trajectory one = task.Episodes.First(new AgreementReward(task.Label).Agrees);
        task = task with { Episodes = [one, one, one] };
        float[] before = _small.Everything();
        Assert.False(Update(Objective("ttrl"), task, 1e-2).HasChanged);
        Assert.Equal(before, _small.Everything());
        Assert.True(Update(Objective("weighted-sft"), task, 1e-2).HasChanged);
        Assert.NotEqual(before, _small.Everything());
    }

    [Fact]
    public async Task Supervised_learning_weighs_by_confidence_and_leaves_a_label_that_nobody_gave()
    {
        using var worker = new UpdateWorker(_small.Parts(), Loose);
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        double sure = Update(Objective("weighted-sft"), task with { Confidence = 1 }, 0).GradientNorm;
        double half = Update(Objective("weighted-sft"), task with { Confidence = 0.5 }, 0).GradientNorm;
        Assert.Equal(0.5, half / sure, 1e-4);
        UpdateMeasures none = Update(Objective("weighted-sft"), task with { Label = "a word that no episode wrote" }, 1e-2);
        Assert.Equal((false, 0.0), (none.HasChanged, none.Agreement));
    }

    [Fact]
    public async Task Ratios_are_to_the_policy_that_served()
    {
        using var worker = new UpdateWorker(_small.Parts(), Loose);
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        // Once the learner has moved, tokens of the same episodes leave the clip's range: they would not if ratios were to the learner itself.
        UpdateMeasures first = Update(Objective("ttrl"), task, 5e-2);
        UpdateMeasures second = Update(Objective("ttrl"), task, 5e-2);
        Assert.Equal((0.0, 0.0), (first.ClippedLow, first.ClippedHigh));
        Assert.True(second.ClippedLow + second.ClippedHigh > 0.05, $"{second.ClippedLow} + {second.ClippedHigh}");
    }

    [Fact]
    public async Task Further_rewards_count_beside_the_agreement()
    {
        using var worker = new UpdateWorker(_small.Parts(), Loose);
        await worker.BeginAsync();
        UpdateTask task = await _small.TaskAsync();
        Trajectory[] two = [.. task.Episodes.Where(e => e.Answer is not null).DistinctBy(e => e.Answer).Take(2)];
        var more = new CompositeReward([new RewardPart(new FirstIsBest(two[0].Id), 1)]);
        // Nobody gave the label: only the further reward tells the two apart.
        task = task with { Episodes = two, Label = "a word that no episode wrote" };
        Assert.False(Update(new TtrlObjective(_small.Policy, _small.Learner.Processor), task, 1e-2).HasChanged);
        Assert.True(Update(new TtrlObjective(_small.Policy, _small.Learner.Processor, more: more), task, 1e-2).HasChanged);
    }

    [Fact]
    public void What_only_a_trainer_can_do_is_refused()
    {
        GrpoLearnerOptions replay = TtrlObjective.DefaultOptions with { Objective = new GrpoObjective { ZeroVariance = ZeroVariancePolicy.Replay } };
        Assert.Contains("Drop or Keep", Assert.Throws<PixelisException>(() => new TtrlObjective(_small.Policy, _small.Learner.Processor, replay)).Message);
        var agreement = new CompositeReward([new RewardPart(new AgreementReward("x"), 1)]);
        Assert.Contains("'agreement'", Assert.Throws<PixelisException>(() => new TtrlObjective(_small.Policy, _small.Learner.Processor, more: agreement)).Message);
    }

    [Theory]
    [InlineData("0.5", "1/2", 1)]
    [InlineData("Yes.", "yes", 1)]
    [InlineData("no", "yes", 0)]
    [InlineData("", "yes", 0)]
    [InlineData(null, "yes", 0)]
    [InlineData("", "", 0)]
    public void Answers_that_mean_the_same_agree_and_nothing_agrees_with_nothing(string? answer, string label, double expected)
    {
        var episode = new Trajectory { Id = "e", Model = "m", Question = "?", Answer = answer, EndReason = EndReason.Answered };
        RewardBreakdown reward = new AgreementReward(label).Score(new RewardGroup(new Data.Example { Id = "x", Question = "?", Answer = label }, [new RewardEpisode(episode)]))[0];
        Assert.Equal(expected, reward.Total);
    }

    private static UpdateOptions Loose { get; } = new() { Safety = new UpdateSafetyOptions { KlLimit = 100 } };

    private IUpdateObjective Objective(string name) =>
        name == "ttrl" ? new TtrlObjective(_small.Policy, _small.Learner.Processor) : new WeightedSftObjective(_small.Policy, _small.Learner.Processor);

    private UpdateMeasures Update(IUpdateObjective objective, UpdateTask task, double rate)
    {
        using ReferencePolicy reference = ReferencePolicy.For(_small.Policy.Model, _small.Adapters);
        return objective.Update([task], new UpdateStep(rate, 1e-4, reference, 0), CancellationToken.None);
    }

    private sealed class FirstIsBest(string id) : IRewardFunction
    {
        public string Name => "first";

        public RewardRange Range => RewardRange.Unit;

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. group.Episodes.Select(e => RewardBreakdown.Of(Name, e.Trajectory.Id == id ? 1 : 0))];
    }
}
