using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Evaluation;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis evaluate compare</c>: two results on the same examples.</summary>
internal static class EvaluateCompareCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("FIRST") { Description = "Folder of an evaluation, or its result.json" };
        var second = new Argument<string>("SECOND") { Description = "Another one, of the same data" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the bootstrap", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("compare", "Compares two results example by example, with paired tests") { first, second, seed, json };
        command.SetAction(parsed =>
        {
            PairedComparison comparison = PairedComparison.Of(parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetValue(seed));
            string text = parsed.GetValue(json) ? ComparisonText.JsonOf(comparison) : TerminalText.Clean(ComparisonText.Of(comparison)).TrimEnd();
            parsed.InvocationConfiguration.Output.WriteLine(text);
            return ExitCodes.Success;
        });
        return command
            .WithExamples("pixelis evaluate compare ./with-tools ./no-tools", "pixelis evaluate compare ./seed-1 ./seed-2 --json | jq '.scores[0].p_value'")
            .WithNote("p is McNemar's exact test; the interval of the change is a paired 95 % bootstrap. Results of different data are refused.");
    }
}
