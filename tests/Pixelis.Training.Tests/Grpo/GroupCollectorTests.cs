using Pixelis.Rewards;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;

namespace Pixelis.Training.Tests.Grpo;

/// <summary>What a step's episodes are handed to rewards and to learning with.</summary>
public class GroupCollectorTests
{
    [Theory]
    [InlineData(1, false, false, false)]
    [InlineData(2, false, true, false)] // a second update needs the probabilities of before the first
    [InlineData(1, true, true, true)]
    public void Old_probabilities_and_states_are_there_when_they_are_needed(int epochs, bool measuresStates, bool hasOld, bool hasStates)
    {
        using var agent = new SmallAgent();
        var options = new GrpoOptions { Prompts = 2, Epochs = epochs, MeasuresStates = measuresStates, Rollouts = new RolloutOptions { GroupSize = 2 } };
        using var policy = new TrainedPolicy(agent.Model.Model, null, options.Optimization);
        var scorer = new EpisodeScorer(policy, agent.Model.Processor, options.ForLearner(measuresStates));
        var collector = new GroupCollector(agent.Setup(TokenReward.Even()), options, scorer, null, Assert.Fail);
        CollectedGroups collected = collector.Collect(0, new GrpoState(), 0, CancellationToken.None);
        Assert.Equal(4, collected.Episodes.Count());
        Assert.All(collected.Episodes, e => Assert.Equal(hasOld, e.Sequence.OldLogProbs is not null));
        RewardEpisode[] rewarded = [.. collected.All.SelectMany(g => g.Rewarded.Episodes)];
        Assert.All(rewarded, e => Assert.Equal(hasStates, e.States is not null));
    }
}
