using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Online;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis train ttrl</c>: learning from a stream of requests without answers.</summary>
internal static class TrainTtrlCommand
{
    private const int Unlimited = 1_000_000;

    private static readonly LearningOptions Learning = new(episodes: 8, reviewShare: 0);

    private static readonly Option<string> Requests = new("--requests", "-r") { Description = "Requests, JSON Lines; truth in it is not read", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Folder of memory, versions, audit log and place; a stream in it goes on", Required = true, HelpName = "FOLDER" };
    private static readonly Option<double> Temperature = new("--temperature") { Description = "Of the draws", DefaultValueFactory = _ => 1, HelpName = "X" };
    private static readonly Option<string> Tools = new("--tools") { Description = "Tools the model may call: all, none, or names between commas ('pixelis tools list')", DefaultValueFactory = _ => "all", HelpName = "TOOLS" };
    private static readonly Option<int?> MaxNewTokens = new("--max-new-tokens") { Description = "Most tokens of a turn (default as the model's folder says)", HelpName = "N" };

    public static Command Create()
    {
        var command = new Command("ttrl", "Answers a stream of requests without known answers, and learns from what its episodes and its memory agree on (test-time reinforcement learning)")
        {
            TrainOptions.Model, Requests, Out, Tools, Temperature,
        };
        foreach (Option option in (Option[])[.. Learning.All, MaxNewTokens, TrainOptions.Seed, TrainOptions.Threads, TrainOptions.SkipBroken])
            command.Add(option);
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
                stand in the last line. Ctrl-C learns what waits, writes a version and keeps the place; the same command goes on. After a kill nothing is
                asked again; what was learnt since the last version is learnt anew, from fresh episodes, before the stream goes on.
                """);
    }

    private static TtrlSettings Settings(ParseResult parsed) => new()
    {
        Model = parsed.GetRequiredValue(TrainOptions.Model),
        Requests = parsed.GetRequiredValue(Requests),
        Folder = parsed.GetRequiredValue(Out),
        Online = Online(parsed),
        Tools = parsed.GetRequiredValue(Tools),
        MaxNewTokens = parsed.GetValue(MaxNewTokens) is { } most ? most >= 1 ? most : throw new UsageException($"--max-new-tokens must be at least 1, not {most}.") : null,
        Threads = parsed.GetValue(TrainOptions.Threads),
        SkipsBrokenLines = parsed.GetValue(TrainOptions.SkipBroken),
    };

    private static OnlineEvolutionOptions Online(ParseResult parsed)
    {
        OnlineEvolutionOptions options = Learning.Read(parsed, parsed.GetRequiredValue(Out));
        options.Temperature = parsed.GetValue(Temperature);
        options.Seed = parsed.GetValue(TrainOptions.Seed) ?? 0;
        options.UpdatesPerMinute = Unlimited; // a stream is as fast as the worker
        options.QueueCapacity = 8;
        options.WaitsForLearning = true;
        return options;
    }
}
