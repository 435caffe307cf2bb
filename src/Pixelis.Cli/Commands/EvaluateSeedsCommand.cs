using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Evaluation;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis evaluate seeds</c>: several results as mean and standard deviation.</summary>
internal static class EvaluateSeedsCommand
{
    public static Command Create()
    {
        var results = new Argument<string[]>("RESULT") { Description = "Folders of evaluations of the same examples, or their result.json; at least two", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("seeds", "Puts results of models trained with different seeds together: mean and standard deviation") { results, json };
        command.SetAction(parsed =>
        {
            SeedSummary summary = SeedSummary.Of(parsed.GetRequiredValue(results));
            string text = parsed.GetValue(json) ? SeedText.JsonOf(summary) : TerminalText.Clean(SeedText.Of(summary)).TrimEnd();
            parsed.InvocationConfiguration.Output.WriteLine(text);
            return ExitCodes.Success;
        });
        return command
            .WithExamples("pixelis evaluate seeds ./seed-1 ./seed-2 ./seed-3", "pixelis evaluate seeds ./seed-* --json | jq '.scores[-1].mean'")
            .WithNote("One seed shows what can happen, three show what does. Results of different examples are refused; settings that differ are told.");
    }
}
