using System.Globalization;
using Pixelis.Agents;
using Pixelis.Evaluation;
using Pixelis.Online;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Evaluating;

/// <summary>An agent whose answers are votes of several episodes, and of what it remembers. Nothing is learnt or kept. Dispose it.</summary>
internal sealed class VotingAgent : IAsyncDisposable
{
    private const double Temperature = 1; // of several episodes: alike, they would be one vote

    private readonly OnlineEvolution _evolution;
    private readonly VotingChoice _choice;
    private readonly string? _temporary;

    private VotingAgent(OnlineEvolution evolution, VotingChoice choice, string? temporary) => (_evolution, _choice, _temporary) = (evolution, choice, temporary);

    /// <summary>Opens the memory, or an empty one.</summary>
    /// <exception cref="PixelisException">The folder holds no memory, or the model cannot vote here.</exception>
    public static async Task<VotingAgent> OpenAsync(PixelisAgent agent, VotingChoice choice, CancellationToken cancellationToken)
    {
        if (choice.Folder is { } folder && !Directory.Exists(folder))
            throw new PixelisException($"{folder}: there is no such folder; --online names the one that `train ttrl --out` or `serve --online` wrote.");
        string? temporary = choice.Folder is null ? Directory.CreateTempSubdirectory("pixelis-votes-").FullName : null;
        OnlineEvolution? evolution = null;
        try
        {
            evolution = OnlineEvolution.Create(agent, new OnlineEvolutionOptions
            {
                Folder = choice.Folder ?? temporary, Mode = OnlineMode.ReadOnly, Episodes = choice.Episodes, Temperature = Temperature, Neighbors = choice.Neighbors,
                Voting = choice.Rule, LoraRank = choice.LoraRank,
            });
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
        $"{_choice.Episodes} episodes, {_choice.Neighbors} neighbours, {_choice.Rule.ToString().ToLowerInvariant()} vote, version {_evolution.Versions.Serving?.Id ?? "none"}");

    public AgentEvaluation ToEvaluation()
    {
        AgentSettings settings = _evolution.Basis.Settings;
        return new AgentEvaluation(_choice.Episodes == 1 ? settings : settings with { Generation = settings.Generation with { Temperature = Temperature } }, AnswerAsync);
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

    private static void Remove(string? folder)
    {
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }
}
