using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using Pixelis.Modeling;
using TorchSharp;
namespace Pixelis.Training.Tests.Grpo;
public class ScratchTests
{
    [Fact]
    public async Task Gap()
    {
        using var agent = new SmallAgent();
        var lines = new List<string>();
        var recorder = new Recorder();
        await new GrpoTrainer(agent.Setup(TokenReward.Even(), recorder), new GrpoOptions { Steps = 5, Prompts = 2, Rollouts = new RolloutOptions { GroupSize = 4 }, Optimization = new OptimizationOptions { LearningRate = 3e-3, Schedule = ScheduleShape.Constant, WeightDecay = 0 } }).RunAsync();
        var prompts = agent.Setup(TokenReward.Even()).Prompts;
        using var other = new SmallAgent();
        using (torch.no_grad())
            foreach (var (a, b) in agent.Model.Model.Module.named_parameters().Zip(other.Model.Model.Module.named_parameters()))
                b.parameter.copy_(a.parameter);
        foreach (int concurrency in new[] { 1, 8 })
        {
            var groups = await new RolloutCollector(agent.Agent, new RolloutOptions { GroupSize = 2, Concurrency = concurrency }).CollectAsync([await prompts.GetAsync(0), await prompts.GetAsync(1)], 1);
            foreach (var g in groups)
                foreach (var t in g.Episodes)
                {
                    var c = EpisodeConversation.Of(g.Example, t, agent.Model.Processor);
                    var scores = new TokenScorer((ICausalModel)agent.Model.Model, 0).Score([c]);
                    var otherScores = new TokenScorer((ICausalModel)other.Model.Model, 0).Score([c]);
                    var s = PolicySequence.Of(c, t.LogProbabilities);
                    lines.Add(concurrency + " " + g.Example.Id + " " + string.Join(" ", s.BehaviorLogProbs.Zip(scores[0].LogProbs, otherScores[0].LogProbs).Select(p => $"{p.First:F3}/{p.Second:F3}/{p.Third:F3}")));
                }
        }
        throw new InvalidOperationException(string.Join("\n", lines));
    }
}
