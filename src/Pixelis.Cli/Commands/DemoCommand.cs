using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Data;
using Pixelis.Cli.Demonstrating;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis demo</c>: an agent at work on scenes it has never seen.</summary>
internal static class DemoCommand
{
    private static readonly Option<string?> Families = new("--families") { Description = "Only these, by comma (default all six)", HelpName = "NAMES" };
    private static readonly Option<string?> Difficulty = new("--difficulty") { Description = "Only these of 1,2,3", HelpName = "LIST" };
    private static readonly Option<int?> Seed = new("--seed") { Description = "Chooses the scenes (default: other ones each time)", HelpName = "N" };

    private static readonly Option<string> Folder = new("--out", "-o")
    {
        Description = "Folder for pictures and pages", HelpName = "FOLDER", DefaultValueFactory = _ => "pixelis-demo",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Draws fresh scenes of PixelBench, lets a model answer with its tools, says right or wrong")
        {
            EvaluateOptions.Model, EvaluateOptions.Tools, Families, Difficulty, Seed, Folder, AskOptions.Server, AskOptions.Sam, AskOptions.Dialect, AskOptions.MaxTurns,
            AskOptions.MaxCalls, AskOptions.Timeout, AskOptions.ToolTimeout, AskOptions.SystemPrompt, AskOptions.MaxNewTokens, AskOptions.Temperature, AskOptions.TopP,
            AskOptions.Type, AskOptions.Device, AskOptions.Threads,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples(
                "pixelis demo --model models/pixelis-tiny",
                "pixelis demo --model models/pixelis-tiny --families spot,track --difficulty 3 --seed 7",
                "pixelis demo --model models/pixelis-tiny --tools off")
            .WithNote("""
                The scenes are of the test part: no model trained on PixelBench's training part has met them. Each family leaves a picture and a
                page about the episode in the folder. How often a model is right, pixelis evaluate says; six scenes do not.
                """);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        var choice = new DemoChoice
        {
            Agent = AgentChoiceReader.Read(parsed, EvaluateOptions.Model, EvaluateOptions.Tools, toolsOtherwise: "all"),
            Families = DataNames.Read<PixelBenchFamily>("--families", parsed.GetValue(Families)),
            Difficulties = DataNames.Difficulties(parsed.GetValue(Difficulty)),
            Seed = parsed.GetValue(Seed) ?? Random.Shared.Next(1_000_000),
            Folder = parsed.GetValue(Folder)!,
        };
        (int right, int asked) = await new Demo(choice, output).RunAsync(cancellation);
        output.WriteLine();
        output.WriteLine($"{right} of {asked} right; seed {choice.Seed}; pictures and pages are in {choice.Folder}");
        return ExitCodes.Success;
    }
}
