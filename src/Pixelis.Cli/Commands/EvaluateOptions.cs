using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary>The options of <c>pixelis evaluate</c> beside those that describe the agent.</summary>
internal static class EvaluateOptions
{
    public static readonly Option<string?> Model = new("--model", "-m") { Description = "Model folder; with --server, the model's name there", HelpName = "FOLDER" };

    public static readonly Option<bool> Oracle = new("--oracle")
    {
        Description = "Instead of a model, run PixelBench's demonstrator with the real tools: a check of data and tools, which fails below 98 %",
    };

    public static readonly Option<string?> Data = new("--data", "-d")
    {
        Description = "pixelbench[:SPLIT] with SPLIT test (default), validation or train; or a JSON Lines file of examples", HelpName = "DATA",
    };

    public static readonly Option<string[]> Families = new("--families")
    {
        Description = "Families of tasks between commas. Default: all", HelpName = "NAMES", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = false,
    };

    public static readonly Option<int?> Limit = new("--limit") { Description = "Most examples. Default: 300 of PixelBench, all of a file", HelpName = "N" };

    public static readonly Option<string?> Tools = new("--tools")
    {
        Description = "Tools the model may call: all, off, or names between commas. Default: those in the folder's pixelis.json, else all", HelpName = "TOOLS",
    };

    public static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Folder of the results; a run in it is gone on with. Default: evaluations/ with a name of model, data and tools", HelpName = "FOLDER",
    };

    public static readonly Option<int?> Episodes = new("--episodes") { Description = "Episodes of each question, which vote (self-consistency), drawn at --temperature, or at 1 where that is 0. Default: one, drawn as the agent is set", HelpName = "N" };

    public static readonly Option<string?> Online = new("--online") { Description = "Answer with the memory and the newest version of this folder (train ttrl, serve --online); nothing in it changes", HelpName = "FOLDER" };

    public static readonly Option<int?> Neighbors = new("--neighbors") { Description = "With --online, remembered answers that vote at most. Default: 0", HelpName = "K" };

    public static readonly Option<int> Concurrency = new("--concurrency")
    {
        Description = "Episodes at the same time; a local model decodes them as one batch", HelpName = "N", DefaultValueFactory = _ => 4,
    };

    public static readonly Option<int> Pages = new("--pages") { Description = "Write pages of the first N episodes that went wrong", HelpName = "N" };

    public static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Leave out examples that cannot be read, or whose pictures are missing, and say so" };

    public static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of sampling and of the bootstrap", HelpName = "N", DefaultValueFactory = _ => 0 };

    public static readonly Option<bool> Json = CommonOptions.Json();
}
