using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary>The options of <c>pixelis ask</c>.</summary>
internal static class AskOptions
{
    public static readonly Argument<string> Question = new("QUESTION") { Description = "What to ask; '-' reads it from standard input" };

    public static readonly Option<string?> Model = new("--model", "-m")
    {
        Description = "Hugging Face model folder (Qwen2.5-VL; Qwen2.5 or Qwen3 for questions without pictures); with --server, the model's name there",
        Required = true,
        HelpName = "FOLDER",
    };

    public static readonly Option<string?> Server = new("--server")
    {
        Description = "Ask an OpenAI-compatible server (vLLM, llama.cpp, ...) at this base address instead of loading a folder", HelpName = "URL",
    };

    public static readonly Option<string[]> Images = new("--image", "-i")
    {
        Description = "Image file: JPEG, PNG, WebP, GIF, BMP, TIFF; may be given several times", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    public static readonly Option<string[]> Videos = new("--video")
    {
        Description = "Video file; frames are sampled; may be given several times", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    public static readonly Option<string?> Tools = new("--tools")
    {
        Description = "Tools the model may call: all, none, or names between commas ('pixelis tools list'). Default: those in the folder's pixelis.json, else none", HelpName = "TOOLS",
    };

    public static readonly Option<string?> Sam = CommonOptions.Sam();

    public static readonly Option<string?> Dialect = new("--dialect")
    {
        Description = "How calls are worded: pixelis, or pixel-reasoner for its released checkpoints. Default: as in the folder's pixelis.json, else pixelis", HelpName = "NAME",
    };

    public static readonly Option<int> MaxTurns = new("--max-turns")
    {
        Description = "Most turns of the model", HelpName = "N", DefaultValueFactory = _ => 12,
    };

    public static readonly Option<int> MaxCalls = new("--max-calls")
    {
        Description = "Most tool calls in all", HelpName = "N", DefaultValueFactory = _ => 16,
    };

    public static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "Longest time for the whole question, after loading", HelpName = "SECONDS", DefaultValueFactory = _ => 600,
    };

    public static readonly Option<double> ToolTimeout = new("--tool-timeout")
    {
        Description = "Longest time for one tool call; a longer one is ended and the model told", HelpName = "SECONDS", DefaultValueFactory = _ => 60,
    };

    public static readonly Option<string?> Html = new("--html")
    {
        Description = "Write a page that shows what happened: turns, boxes, outlines, crops, tracks, timings", HelpName = "FILE",
    };

    public static readonly Option<string?> Trajectory = new("--trajectory") { Description = "Write the record of the episode as JSON", HelpName = "FILE" };

    public static readonly Option<string?> SystemPrompt = new("--system") { Description = "Standing instructions for the model", HelpName = "TEXT" };

    public static readonly Option<int> MaxNewTokens = new("--max-new-tokens", "-n")
    {
        Description = "Most tokens a turn of the model may have", HelpName = "N", DefaultValueFactory = _ => 512,
    };

    public static readonly Option<double> Temperature = new("--temperature", "-t")
    {
        Description = "0 takes the likeliest token, 1 samples from the model's own distribution", HelpName = "T", DefaultValueFactory = _ => 0,
    };

    public static readonly Option<double> TopP = new("--top-p")
    {
        Description = "Sample from the likeliest tokens that together reach this probability", HelpName = "P", DefaultValueFactory = _ => 1,
    };

    public static readonly Option<ulong?> Seed = new("--seed") { Description = "Same seed, same answer (on the processor, in f32)", HelpName = "N" };

    public static readonly Option<WeightType?> Type = CommonOptions.WeightType("Number format to run in (default: the model's own)");

    public static readonly Option<string> Device = new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N", HelpName = "DEVICE", DefaultValueFactory = _ => "auto",
    };

    public static readonly Option<int?> Threads = new("--threads") { Description = "Processor threads (default: the physical cores)", HelpName = "N" };

    public static readonly Option<bool> Json = CommonOptions.Json();
}
