using System.Globalization;
using Pixelis.Agents;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Evaluation;
using Pixelis.Generation;
using Pixelis.Online;
using Pixelis.Online.Updates;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Evaluating;

/// <summary>An agent whose answers are votes of several episodes, and of what it remembers. Nothing is learnt or kept. Dispose it.</summary>
internal sealed class VotingAgent : IAsyncDisposable
{
    private const double UsualTemperature = 1; // of several episodes: alike, they would be one vote

    private readonly OnlineEvolution _evolution;
    private readonly VotingChoice _choice;
    private readonly string? _temporary;

    private VotingAgent(OnlineEvolution evolution, VotingChoice choice, string? temporary) => (_evolution, _choice, _temporary) = (evolution, choice, temporary);

    /// <summary>Opens the memory, or an empty one.</summary>
    /// <param name="agent">The agent. Not owned.</param>
    /// <param name="model">What it was loaded from: whole weights that were learnt are held by instances of their own.</param>
    /// <param name="choice">Folder, episodes, neighbours.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PixelisException">The folder holds no memory, or the model cannot vote here.</exception>
    public static async Task<VotingAgent> OpenAsync(PixelisAgent agent, AgentChoice model, VotingChoice choice, CancellationToken cancellationToken)
    {
        int rank = choice.Folder is { } folder ? RankIn(folder) : new OnlineEvolutionOptions().LoraRank;
        if (rank == 0 && model.Type is not WeightType.F32)
            throw new UsageException("--dtype must be f32 here: the folder of --online holds whole weights, which learnt in f32.");
        string? temporary = choice.Folder is null ? Directory.CreateTempSubdirectory("pixelis-votes-").FullName : null;
        OnlineEvolution? evolution = null;
        try
        {
            evolution = OnlineEvolution.Create(agent, new OnlineEvolutionOptions
            {
                Folder = choice.Folder ?? temporary, Mode = OnlineMode.ReadOnly, Episodes = choice.Episodes, Temperature = TemperatureOf(agent.Settings.Generation),
                Neighbors = choice.Neighbors, Voting = choice.Rule, LoraRank = rank,
            }, instance: LearningModel.WholeInstances(model.Model, rank, LoadedAgent.DeviceOf(model.Device)));
            await evolution.StartAsync(cancellationToken);
            return new VotingAgent(evolution, choice, temporary);
        }
        catch
        {
            if (evolution is not null)
                await evolution.DisposeAsync();
            Remove(temporary);
            throw;
        }
    }

    /// <summary>How its answers come about, for the record of a result.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted(_choice.Episodes, "episode")}, {Counted(_choice.Neighbors, "neighbour")}, {_choice.Rule.ToString().ToLowerInvariant()} vote, version {_evolution.Versions.Serving?.Id ?? "none"}");

    public AgentEvaluation ToEvaluation()
    {
        AgentSettings settings = _evolution.Basis.Settings;
        return new AgentEvaluation(_choice.Episodes == 1 ? settings : settings with { Generation = settings.Generation with { Temperature = TemperatureOf(settings.Generation) } }, AnswerAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _evolution.DisposeAsync();
        Remove(_temporary);
    }

    // What won the vote is judged, also where only memory gave it.
    private async Task<Trajectory> AnswerAsync(AgentRequest request, CancellationToken cancellationToken)
    {
        OnlineAnswer answer = await _evolution.AskAsync(new OnlineRequest(request), cancellationToken);
        return answer.Consensus.Answer is { } won ? answer.Trajectory with { Answer = won } : answer.Trajectory;
    }

    // A version that can be read is there from the first question on. Nothing is made of a folder that has none.
    private static int RankIn(string folder)
    {
        string versions = new OnlineFolder(folder).Versions;
        using PolicyVersionStore? store = Directory.Exists(versions) ? PolicyVersionStore.Read(versions) : null;
        return store?.Serving?.ReadLoraRank()
            ?? throw new PixelisException($"{folder}: there is no version in it; --online names the one that `train ttrl --out` or `serve --online` wrote.");
    }

    private static double TemperatureOf(GenerationOptions generation) => generation.Temperature > 0 ? generation.Temperature : UsualTemperature;

    private static string Counted(int count, string name) => string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}");

    private static void Remove(string? folder)
    {
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }
}
