using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.TestKit;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using Pixelis.Trajectories;
using TorchSharp;

namespace Pixelis.Training.Tests.Policies;

/// <summary>Learning from episodes that are there, taking it back, and handing weights on.</summary>
public sealed class TrainedPolicyTests : IDisposable
{
    private static readonly OptimizationOptions Optimization = new() { WeightDecay = 0, AverageDecay = 0.9 };
    private static readonly GrpoStep Step = new(1e-2);

    private readonly SmallAgent _agent = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _agent.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_restored_is_the_same_bits_and_goes_on_the_same(bool adapter)
    {
        using AdapterSet? adapters = adapter ? Adapters() : null;
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        var learner = new GrpoLearner(policy, _agent.Model.Processor);
        RolloutGroup[] groups = await GroupsAsync();
        Learn(learner, groups);
        policy.MoveAverage(0.9);
        (float[] weights, float[] average) = Both(policy);
        using PolicySnapshot snapshot = policy.Capture();

        Learn(learner, groups);
        policy.MoveAverage(0.5);
        (float[] next, float[] nextAverage) = Both(policy);
        Assert.NotEqual(weights, next);
        Assert.NotEqual(average, nextAverage);

        policy.Restore(snapshot);
        Assert.Equal((weights, average), Both(policy), Same);
        Learn(learner, groups); // momentum and step count are those of then
        policy.MoveAverage(0.5);
        Assert.Equal((next, nextAverage), Both(policy), Same);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Weights_go_through_a_folder_bit_for_bit_and_the_optimizer_begins_anew(bool adapter)
    {
        using AdapterSet? adapters = adapter ? Adapters() : null;
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        var learner = new GrpoLearner(policy, _agent.Model.Processor);
        RolloutGroup[] groups = await GroupsAsync();
        policy.Weights.Save(_folder["start"]);
        Assert.Equal(adapter ? 4 : 0, PolicyWeights.RankIn(_folder["start"]));
        Assert.Throws<ModelFormatException>(() => PolicyWeights.RankIn(_folder["nothing"]));
        (float[] start, _) = Both(policy);
        Learn(learner, groups);
        (float[] first, _) = Both(policy);
        Learn(learner, groups);
        policy.Load(_folder["start"]);
        (float[] back, float[] average) = Both(policy);
        Assert.Equal(start, back);
        Assert.Equal(start, average);
        Learn(learner, groups);
        Assert.Equal(first, Both(policy).Weights);
    }

    [Fact]
    public void Weights_of_something_else_are_refused_and_change_nothing()
    {
        using AdapterSet adapters = Adapters();
        using (AdapterSet other = new(_agent.Model.Model))
        {
            other.Add("wide", new LoraOptions { Rank = 8, Alpha = 8 });
            other.Save("wide", _folder["wide"]);
            other.Add("scaled", new LoraOptions { Rank = 4, Alpha = 16 });
            other.Save("scaled", _folder["scaled"]);
        }
        adapters.Activate("policy");
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        (float[] before, _) = Both(policy);
        Assert.Contains("other layers or ranks", Assert.Throws<PixelisException>(() => policy.Load(_folder["wide"])).Message);
        Assert.Contains("scaled otherwise", Assert.Throws<PixelisException>(() => policy.Load(_folder["scaled"])).Message);
        Assert.ThrowsAny<PixelisException>(() => policy.Load(_folder["absent"]));
        Assert.Equal(before, Both(policy).Weights);
        Assert.Equal(["policy"], adapters.Names);
        Assert.Equal("policy", adapters.Active);
        Assert.All(adapters.NamedParameters("policy"), p => Assert.True(p.Parameter.requires_grad));
    }

    [Fact]
    public void Without_an_average_there_is_none_to_use()
    {
        using AdapterSet adapters = Adapters();
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization with { AverageDecay = 0 });
        Assert.False(policy.KeepsAverage);
        Assert.Contains("AverageDecay", Assert.Throws<InvalidOperationException>(policy.UseAverage).Message);
    }

    [Fact]
    public async Task The_divergence_is_that_of_the_reference_from_the_policy()
    {
        using AdapterSet adapters = Adapters();
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        using ReferencePolicy reference = ReferencePolicy.For(policy.Model, adapters);
        var divergence = new PolicyDivergence(policy, _agent.Model.Processor);
        RolloutGroup[] groups = await GroupsAsync();
        Trajectory[] episodes = [.. groups.SelectMany(g => g.Episodes)];
        Assert.Equal(0, divergence.Measure(reference, episodes), 1e-9);
        Learn(new GrpoLearner(policy, _agent.Model.Processor), groups);
        double measured = divergence.Measure(reference, episodes);

        var scorer = new TokenScorer(policy.Model, _agent.Model.Processor.PaddingToken, adapters: adapters);
        double[] d = [.. scorer.Score([.. episodes.Select(e => EpisodeExamples.Prepare(e, _agent.Model.Processor).Conversation)]).SelectMany(s => s.LogProbs)
            .Zip(episodes.SelectMany(e => e.LogProbabilities.Where((_, i) => e.Provenance[i] == Generation.TokenProvenance.Sampled)), (now, sampled) => (double)now - sampled)];
        Assert.Equal(d.Average(x => Math.Exp(x) - 1 - x), measured, 1e-4); // the reference is what sampled them
        Assert.True(measured > 1e-3, $"{measured}");
    }

    [Fact]
    public async Task Episodes_of_another_policy_are_weighed_by_their_recorded_probabilities()
    {
        using AdapterSet adapters = Adapters();
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        RolloutGroup[] groups = await GroupsAsync();
        var fresh = new GrpoLearner(policy, _agent.Model.Processor);
        var other = new GrpoLearner(policy, _agent.Model.Processor, new GrpoLearnerOptions { IsOffPolicy = true });
        for (int i = 0; i < 3; i++)
            Learn(fresh, groups);
        using PolicySnapshot moved = policy.Capture();
        Assert.Equal(1, Learn(fresh, groups).Numbers.Ratio, 1e-6);
        policy.Restore(moved);
        UpdateResult result = Learn(other, groups);
        Assert.True(Math.Abs(result.Numbers.Ratio - 1) > 1e-3, $"{result.Numbers.Ratio}");
        Assert.Equal((1, null), (result.Updates, result.Fault));
    }

    [Fact]
    public async Task A_pull_without_a_reference_and_a_cancelled_step_change_nothing()
    {
        using AdapterSet adapters = Adapters();
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        (float[] before, _) = Both(policy);
        RolloutGroup[] groups = await GroupsAsync();
        var pulled = new GrpoLearner(policy, _agent.Model.Processor, new GrpoLearnerOptions { Objective = new GrpoObjective { Loss = new PolicyLossOptions { Kl = new KlOptions { Coefficient = 0.1 } } } });
        Assert.Contains("ReferencePolicy.For", Assert.Throws<ArgumentException>(() => Learn(pulled, groups)).Message);
        Assert.ThrowsAny<OperationCanceledException>(() => new GrpoLearner(policy, _agent.Model.Processor).Learn(groups, _ => TokenReward.Even(), Step, new CancellationToken(true)));
        Assert.Equal(before, Both(policy).Weights);
    }

    [Fact]
    public async Task Episodes_without_an_advantage_count_in_the_mean_and_do_not_go_through_the_model()
    {
        using AdapterSet adapters = Adapters();
        using var policy = new TrainedPolicy(_agent.Model.Model, adapters, Optimization);
        var learner = new GrpoLearner(policy, _agent.Model.Processor);
        using PolicySnapshot start = policy.Capture();
        RolloutGroup[] groups = [.. await GroupsAsync(), .. await GroupsAsync(8)];
        UpdateResult both = Learn(learner, groups);
        policy.Restore(start);
        UpdateResult half = learner.Learn(groups, example => example == groups[0].Example ? TokenReward.Even() : TokenReward.Of(_ => 1), Step);
        policy.Restore(start);
        UpdateResult alone = Learn(learner, [groups[0]]);
        Assert.Equal(groups[0].Episodes.Sum(e => e.TokenIds.Count), half.Tokens);
        Assert.Equal(alone.Tokens, half.Tokens);
        Assert.True(both.Tokens > half.Tokens);
        double share = (double)Sampled(groups[0]) / groups.Sum(Sampled);
        Assert.Equal(alone.GradientNorm * share, half.GradientNorm, 1e-4 * alone.GradientNorm); // a mean over all tokens, the silent ones' too
    }

    private static int Sampled(RolloutGroup group) => group.Episodes.Sum(e => e.Provenance.Count(p => p == Generation.TokenProvenance.Sampled));

    private static UpdateResult Learn(GrpoLearner learner, RolloutGroup[] groups) => learner.Learn(groups, _ => TokenReward.Even(), Step);

    private static bool Same((float[] Weights, float[] Average) a, (float[] Weights, float[] Average) b) => a.Weights.SequenceEqual(b.Weights) && a.Average.SequenceEqual(b.Average);

    private static (float[] Weights, float[] Average) Both(TrainedPolicy policy)
    {
        float[] weights = Read(policy);
        using (policy.UseAverage())
            return (weights, Read(policy));
    }

    private static float[] Read(TrainedPolicy policy) => [.. policy.Parameters.All.SelectMany(p => p.Parameter.detach().reshape(-1).data<float>().ToArray())];

    private AdapterSet Adapters()
    {
        var adapters = new AdapterSet(_agent.Model.Model);
        adapters.Add("policy", new LoraOptions { Rank = 4, Alpha = 8 }, 3);
        return adapters;
    }

    private async Task<RolloutGroup[]> GroupsAsync(ulong seed = 7)
    {
        var example = new Example { Id = $"q{seed}", Question = "Say something.", Answer = "x" };
        return [.. await new RolloutCollector(_agent.Agent, new RolloutOptions { GroupSize = 6 }).CollectAsync([example], seed)];
    }
}
