using System.CommandLine;
using System.CommandLine.Parsing;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Online;
using Pixelis.Online.Updates;

namespace Pixelis.Cli.Commands;

/// <summary>How an agent remembers, votes and learns, told the same way by every verb that lets it.</summary>
/// <param name="episodes">Episodes of a request where none are named.</param>
/// <param name="reviewShare">Share of the answers that go to a person where none is named.</param>
internal sealed class LearningOptions(int episodes, double reviewShare)
{
    private static readonly OnlineEvolutionOptions Defaults = new();

    private readonly Option<string> _mode = new("--mode") { Description = "learning, remembering (collects and votes, learns nothing), shadow (learns, and answers as at the beginning) or read-only (answers with its memory, and keeps nothing)", DefaultValueFactory = _ => "learning", HelpName = "NAME" };

    private readonly Option<int> _episodes = new("--episodes") { Description = "Episodes of each request: they vote, and are compared", DefaultValueFactory = _ => episodes, HelpName = "N" };

    private readonly Option<int> _neighbors = new("--neighbors") { Description = "Remembered answers that vote at most; 0 for none", DefaultValueFactory = _ => Defaults.Neighbors, HelpName = "K" };

    private readonly Option<string> _voting = new("--voting") { Description = "majority, weighted or ensemble", DefaultValueFactory = _ => "weighted", HelpName = "NAME" };

    private readonly Option<long> _coldStart = new("--cold-start") { Description = "Experiences that are only collected at first", DefaultValueFactory = _ => Defaults.ColdStart, HelpName = "N" };

    private readonly Option<double> _confidence = new("--confidence") { Description = "Least confidence of a vote that is learnt from", DefaultValueFactory = _ => Defaults.Confidence, HelpName = "X" };

    private readonly Option<double> _similarity = new("--similarity") { Description = "Cosine up to which a remembered answer has no vote", DefaultValueFactory = _ => Defaults.SimilarityFloor, HelpName = "X" };

    private readonly Option<double> _known = new("--known") { Description = "Cosine to something learnt from which on a request is passed over", DefaultValueFactory = _ => Defaults.KnownSimilarity, HelpName = "X" };

    private readonly Option<double> _strange = new("--strange") { Description = "Cosine to the nearest experience below which nothing is learnt", DefaultValueFactory = _ => Defaults.StrangeSimilarity, HelpName = "X" };

    private readonly Option<double> _drift = new("--drift") { Description = "Drift above which nothing is learnt", DefaultValueFactory = _ => Defaults.DriftLimit, HelpName = "X" };

    private readonly Option<double> _review = new("--review-share") { Description = "Share of the answers that wait for a person instead", DefaultValueFactory = _ => reviewShare, HelpName = "X" };

    private readonly Option<string> _objective = new("--objective") { Description = "ttrl (GRPO with the voted answer as label) or weighted-sft", DefaultValueFactory = _ => "ttrl", HelpName = "NAME" };

    private readonly Option<int> _rank = new("--lora-rank") { Description = "Rank of the adapter that learns; 0 for whole weights, held four times", DefaultValueFactory = _ => Defaults.LoraRank, HelpName = "N" };

    private readonly Option<double> _rate = new("--lr") { Description = "Highest learning rate: rate (1 - confidence), at least a hundredth of it", DefaultValueFactory = _ => Defaults.HighestLearningRate, HelpName = "X" };

    private readonly Option<double?> _halfLife = new("--half-life") { Description = "Updates after which a change is half served (default 693, a decay of 0.999)", HelpName = "N" };

    private readonly Option<int> _publishEvery = new("--publish-every") { Description = "Updates between versions", DefaultValueFactory = _ => Defaults.PublishEvery, HelpName = "N" };

    private readonly Option<string?> _canary = new("--canary") { Description = "Try versions on pixelbench[:FAMILY,...][@DIFFICULTY,...] before they answer", HelpName = "SCENES" };

    private readonly Option<int> _canaryExamples = new("--canary-examples") { Description = "Scenes of the canary", DefaultValueFactory = _ => 60, HelpName = "N" };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        _mode, _episodes, _neighbors, _voting, _coldStart, _confidence, _similarity, _known, _strange, _drift, _review, _objective, _rank, _rate, _halfLife, _publishEvery, _canary,
        _canaryExamples,
    ];

    /// <summary>The first of them that a command line gives; null for none.</summary>
    public Option? GivenIn(ParseResult parsed) => All.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });

    /// <summary>What a command line says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">Where memory and versions are kept.</param>
    /// <exception cref="UsageException">A name is not known.</exception>
    public OnlineEvolutionOptions Read(ParseResult parsed, string folder)
    {
        double rate = parsed.GetValue(_rate);
        return new OnlineEvolutionOptions
        {
            Folder = folder,
            Mode = Named(parsed, _mode, ("learning", OnlineMode.Learning), ("remembering", OnlineMode.Remembering), ("shadow", OnlineMode.Shadow), ("read-only", OnlineMode.ReadOnly)),
            Episodes = parsed.GetValue(_episodes),
            Neighbors = parsed.GetValue(_neighbors),
            Voting = Named(parsed, _voting, ("majority", VotingRuleKind.Majority), ("weighted", VotingRuleKind.Weighted), ("ensemble", VotingRuleKind.Ensemble)),
            ColdStart = parsed.GetValue(_coldStart),
            Confidence = parsed.GetValue(_confidence),
            SimilarityFloor = parsed.GetValue(_similarity),
            KnownSimilarity = parsed.GetValue(_known),
            StrangeSimilarity = parsed.GetValue(_strange),
            DriftLimit = parsed.GetValue(_drift),
            ReviewShare = parsed.GetValue(_review),
            Objective = Named(parsed, _objective, ("ttrl", ObjectiveKind.Ttrl), ("weighted-sft", ObjectiveKind.WeightedSft)),
            LoraRank = parsed.GetValue(_rank),
            HighestLearningRate = rate,
            LowestLearningRate = rate / 100,
            Safety = Defaults.Safety with { AverageHalfLife = parsed.GetValue(_halfLife) },
            PublishEvery = parsed.GetValue(_publishEvery),
            Canary = CanaryOf(parsed),
        };
    }

    private AgentCanary? CanaryOf(ParseResult parsed) => parsed.GetValue(_canary) is { } scenes
        ? new AgentCanary(EvaluationData.PixelBench(TrainingData.Scenes(scenes, PixelBenchSplit.Validation), parsed.GetValue(_canaryExamples)))
        : null;

    private static T Named<T>(ParseResult parsed, Option<string> option, params (string Name, T Value)[] choices)
    {
        string name = parsed.GetRequiredValue(option);
        foreach ((string known, T value) in choices)
        {
            if (known == name)
                return value;
        }
        throw new UsageException($"{option.Name} '{name}' is not known; choose of {string.Join(", ", choices.Select(c => c.Name))}.");
    }
}
