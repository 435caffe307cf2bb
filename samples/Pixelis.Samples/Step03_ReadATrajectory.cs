using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Samples;

/// <summary>What an episode leaves behind: kept as a file, read again, looked through, and made a page for people.</summary>
internal static class Step03_ReadATrajectory
{
    public static async Task RunAsync(string model, string image, string folder)
    {
        await using PixelisAgent agent = PixelisAgent.Create()
            .WithModel(model)
            .WithTools(tools => tools.All())
            .WithGeneration(new GenerationOptions { MaxNewTokens = 512, Temperature = 1, Seed = 7 })
            .Build();
        AgentAnswer answer = await agent.AskAsync("Which letter is on the white square?", image);
        answer.Trajectory.SaveHtml(Path.Combine(folder, "episode.html")); // now: the file keeps hashes of the pictures, not the pictures

        string file = Path.Combine(folder, "episode.json");
        TrajectoryJson.Save(answer.Trajectory, file);
        Trajectory read = TrajectoryJson.Load(file);

        Console.WriteLine($"{read.Question} -> {read.EndReason}");
        foreach (TrajectoryTurn turn in read.Turns)
        {
            Console.WriteLine($"{turn.Role}: {turn.TokenCount} tokens, {turn.Duration.TotalSeconds:0.00} s");
            foreach (ToolInvocation call in turn.Invocations)
                Console.WriteLine($"  {call.Call.Name} -> {call.ResultText}");
        }
        // Only what the model itself chose is ever trained on.
        int sampled = read.Provenance.Count(provenance => provenance == TokenProvenance.Sampled);
        double likelihood = read.LogProbabilities.Sum();
        Console.WriteLine($"{sampled} of {read.TokenIds.Count} tokens sampled, log-likelihood {likelihood:0.00}; the same after the file: {read.TokenIds.SequenceEqual(answer.Trajectory.TokenIds)}");
    }
}
