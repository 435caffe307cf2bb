using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Online;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis train ttrl</c>: learning from a stream of requests without answers.</summary>
internal static class TrainTtrlCommand
{
    private const int Unlimited = 1_000_000;

    private static readonly OnlineEvolutionOptions Defaults = new();

    private static readonly Option<string> Requests = new("--requests", "-r") { Description = "Requests, JSON Lines; truth in it is not read", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Folder of memory, versions, audit log and place; a stream in it goes on", Required = true, HelpName = "FOLDER" };
    private static readonly Option<string> Mode = new("--mode") { Description = "learning, shadow (learns, and answers as at the beginning) or read-only (answers with its memory, and keeps nothing)", DefaultValueFactory = _ => "learning", HelpName = "NAME" };
    private static readonly Option<int> Episodes = new("--episodes") { Description = "Episodes of each request: they vote, and are compared", DefaultValueFactory = _ => 8, HelpName = "N" };
    private static readonly Option<double> Temperature = new("--temperature") { Description = "Of the draws", DefaultValueFactory = _ => 1, HelpName = "X" };
    private static readonly Option<int> Neighbors = new("--neighbors") { Description = "Remembered answers that vote at most; 0 for none", DefaultValueFactory = _ => Defaults.Neighbors, HelpName = "K" };
    private static readonly Option<string> Voting = new("--voting") { Description = "majority, weighted or ensemble", DefaultValueFactory = _ => "weighted", HelpName = "NAME" };
    private static readonly Option<long> ColdStart = new("--cold-start") { Description = "Experiences that are only collected at first", DefaultValueFactory = _ => Defaults.ColdStart, HelpName = "N" };
    private static readonly Option<double> Confidence = new("--confidence") { Description = "Least confidence of a vote that is learnt from", DefaultValueFactory = _ => Defaults.Confidence, HelpName = "X" };
    private static readonly Option<double> Similarity = new("--similarity") { Description = "Cosine up to which a remembered answer has no vote", DefaultValueFactory = _ => Defaults.SimilarityFloor, HelpName = "X" };
    private static readonly Option<double> Known = new("--known") { Description = "Cosine to something learnt from which on a request is passed over", DefaultValueFactory = _ => Defaults.KnownSimilarity, HelpName = "X" };
    private static readonly Option<double> Strange = new("--strange") { Description = "Cosine to the nearest experience below which nothing is learnt", DefaultValueFactory = _ => Defaults.StrangeSimilarity, HelpName = "X" };
    private static readonly Option<double> Drift = new("--drift") { Description = "Drift above which nothing is learnt", DefaultValueFactory = _ => Defaults.DriftLimit, HelpName = "X" };
    private static readonly Option<double> Review = new("--review-share") { Description = "Share of the answers that wait for a person instead", DefaultValueFactory = _ => 0, HelpName = "X" };
    private static readonly Option<string> Objective = new("--objective") { Description = "ttrl (GRPO with the voted answer as label) or weighted-sft", DefaultValueFactory = _ => "ttrl", HelpName = "NAME" };
    private static readonly Option<int> Rank = new("--lora-rank") { Description = "Rank of the adapter that learns; 0 for whole weights, held four times", DefaultValueFactory = _ => Defaults.LoraRank, HelpName = "N" };
    private static readonly Option<double> Rate = new("--lr") { Description = "Highest learning rate: rate (1 - confidence), at least a hundredth of it", DefaultValueFactory = _ => Defaults.HighestLearningRate, HelpName = "X" };
    private static readonly Option<double?> HalfLife = new("--half-life") { Description = "Updates after which a change is half served (default 693, a decay of 0.999)", HelpName = "N" };
    private static readonly Option<int> PublishEvery = new("--publish-every") { Description = "Updates between versions", DefaultValueFactory = _ => Defaults.PublishEvery, HelpName = "N" };
    private static readonly Option<string?> Canary = new("--canary") { Description = "Try versions on pixelbench[:FAMILY,...][@DIFFICULTY,...] before they answer", HelpName = "SCENES" };
    private static readonly Option<int> CanaryExamples = new("--canary-examples") { Description = "Scenes of the canary", DefaultValueFactory = _ => 60, HelpName = "N" };
    private static readonly Option<int?> MaxNewTokens = new("--max-new-tokens") { Description = "Most tokens of a turn (default as the model's folder says)", HelpName = "N" };

    public static Command Create()
    {
        var command = new Command("ttrl", "Answers a stream of requests without known answers, and learns from what its episodes and its memory agree on (test-time reinforcement learning)")
        {
            TrainOptions.Model, Requests, Out, Mode, Episodes, Temperature, Neighbors, Voting, ColdStart, Confidence, Similarity, Known, Strange, Drift, Review, Objective,
            Rank, Rate, HalfLife, PublishEvery, Canary, CanaryExamples, MaxNewTokens, TrainOptions.Seed, TrainOptions.Threads, TrainOptions.SkipBroken,
        };
        command.SetAction((parsed, cancellation) => TtrlSession.RunAsync(Settings(parsed), parsed.InvocationConfiguration.Error, cancellation));
        return command
            .WithExamples(
                "pixelis train ttrl --model ./tiny --requests stream.jsonl --out ./online",
                "pixelis train ttrl --model ./tiny --requests stream.jsonl --out ./online --canary pixelbench --publish-every 20 --half-life 20",
                "pixelis train ttrl --model ./tiny --requests stream.jsonl --out ./memory --mode read-only --episodes 1")
            .WithNote("""
                A line of the stream: {"id": "r1", "question": "How many?", "images": ["a.png", "data:image/png;base64,..."], "video": "clip.mp4", "tenant": "t",
                "subject": "ann"}. Files are relative to the stream; nothing is fetched. A picture may be a tensor: {"shape": [3, H, W], "data": [...]} with
                colours from 0 to 1 or to 255. Records with request_id, input_data, input_ids and attention_mask are read, too.
                Each request: the model answers --episodes times, its nearest memories vote with it, gates say whether the vote is sure enough, and then the
                episodes that gave the voted answer become likelier. Versions are published between answers. The names of the gates that held answers back
                stand in the last line. Ctrl-C learns what waits, writes a version and keeps the place; the same command goes on. After a kill, updates
                since the last version are lost; answers are remembered and not asked again.
                """);
    }

    private static TtrlSettings Settings(ParseResult parsed) => new()
    {
        Model = parsed.GetRequiredValue(TrainOptions.Model),
        Requests = parsed.GetRequiredValue(Requests),
        Folder = parsed.GetRequiredValue(Out),
        Online = Online(parsed),
        Canary = parsed.GetValue(Canary),
        CanaryExamples = parsed.GetValue(CanaryExamples),
        MaxNewTokens = parsed.GetValue(MaxNewTokens) is { } most ? most >= 1 ? most : throw new UsageException($"--max-new-tokens must be at least 1, not {most}.") : null,
        Threads = parsed.GetValue(TrainOptions.Threads),
        SkipsBrokenLines = parsed.GetValue(TrainOptions.SkipBroken),
    };

    private static OnlineEvolutionOptions Online(ParseResult parsed)
    {
        double rate = parsed.GetValue(Rate);
        return new OnlineEvolutionOptions
        {
            Folder = parsed.GetRequiredValue(Out),
            Mode = Named(parsed.GetRequiredValue(Mode), "--mode", ("learning", OnlineMode.Learning), ("shadow", OnlineMode.Shadow), ("read-only", OnlineMode.ReadOnly)),
            Episodes = parsed.GetValue(Episodes),
            Temperature = parsed.GetValue(Temperature),
            Neighbors = parsed.GetValue(Neighbors),
            Voting = Named(parsed.GetRequiredValue(Voting), "--voting", ("majority", VotingRuleKind.Majority), ("weighted", VotingRuleKind.Weighted), ("ensemble", VotingRuleKind.Ensemble)),
            ColdStart = parsed.GetValue(ColdStart),
            Confidence = parsed.GetValue(Confidence),
            SimilarityFloor = parsed.GetValue(Similarity),
            KnownSimilarity = parsed.GetValue(Known),
            StrangeSimilarity = parsed.GetValue(Strange),
            DriftLimit = parsed.GetValue(Drift),
            ReviewShare = parsed.GetValue(Review),
            Objective = Named(parsed.GetRequiredValue(Objective), "--objective", ("ttrl", ObjectiveKind.Ttrl), ("weighted-sft", ObjectiveKind.WeightedSft)),
            LoraRank = parsed.GetValue(Rank),
            HighestLearningRate = rate,
            LowestLearningRate = rate / 100,
            Safety = Defaults.Safety with { AverageHalfLife = parsed.GetValue(HalfLife) },
            PublishEvery = parsed.GetValue(PublishEvery),
            Seed = parsed.GetValue(TrainOptions.Seed) ?? 0,
            UpdatesPerMinute = Unlimited, // a stream is as fast as the worker
            QueueCapacity = 8,
            WaitsForLearning = true,
        };
    }

    private static T Named<T>(string name, string option, params (string Name, T Value)[] choices)
    {
        foreach ((string known, T value) in choices)
        {
            if (known == name)
                return value;
        }
        throw new UsageException($"{option} '{name}' is not known; choose of {string.Join(", ", choices.Select(c => c.Name))}.");
    }
}
