using System.Collections.Concurrent;
using Pixelis.Agents.Replays;
using Pixelis.Trajectories;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Agents.Tests.Episodes;

[Collection(nameof(TinyVisionModel))]
public class FuzzedEpisodesTests(TinyVisionModel tiny, ITestOutputHelper output)
{
    private const int Count = 1000;

    [Fact]
    public async Task A_thousand_episodes_of_a_real_model_escape_nowhere_and_free_every_tensor()
    {
        await RunAsync(-1);
        long live = Tensor.TotalCount;
        var ended = new ConcurrentBag<Trajectory>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            try
            {
                ended.Add(await RunAsync(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Episode {seed}: {e.Message}", e);
            }
        });
        Assert.Equal(live, Tensor.TotalCount);
        Assert.Equal(Count, ended.Count);
        int calls = ended.Sum(t => t.Turns.Sum(u => u.Invocations.Count(i => !i.IsError)));
        string reasons = string.Join(", ", ended.GroupBy(t => t.EndReason).Select(g => $"{g.Key} {g.Count()}"));
        output.WriteLine($"{ended.Sum(t => t.TokenIds.Count)} tokens, {calls} calls that worked, {ended.Sum(t => t.Inputs.Count)} pictures; {reasons}");
        Assert.True(calls > Count / 4, $"Only {calls} calls worked.");
        Assert.DoesNotContain(ended, t => t.EndReason == EndReason.Failed);
    }

    private async Task<Trajectory> RunAsync(int seed)
    {
        var episode = new FuzzedEpisode(seed);
        using var cancellation = new CancellationTokenSource();
        if (episode.CancelAfter is { } after)
            cancellation.CancelAfter(after);
        await using PixelisAgent agent = episode.Build(tiny.Model);
        Trajectory trajectory;
        try
        {
            trajectory = (await agent.AskAsync(new AgentRequest(episode.Question, episode.Media), cancellation.Token)).Trajectory;
        }
        catch (AgentCanceledException e)
        {
            trajectory = e.Answer.Trajectory;
        }
        TrajectoryInvariants.Check(trajectory, episode.Limits);
        ReplayResult replay = trajectory.Replay(tiny.Model.Processor);
        Assert.True(replay.IsExact, replay.Difference?.Message);
        Assert.Equal(trajectory.Turns.Sum(t => t.InputPositions.Count), replay.Rendered.Visuals.Count);
        return trajectory;
    }
}
