using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data</c>: makes, checks and joins data to learn from and to measure with.</summary>
internal static class DataCommand
{
    public static Command Create() =>
        new Command("data", "Makes, checks, scores and joins datasets")
        {
            DataGenerateCommand.Create(),
            DataCotaCommand.Create(),
            DataValidateCommand.Create(),
            DataScoreCommand.Create(),
            DataFuseCommand.Create(),
            DataConvertCommand.Create(),
        }
        .WithExamples(
            "pixelis data generate pixelbench --split test --count 600 --out ./bench --sheet sheet.png",
            "pixelis data cota --data ./bench/test.jsonl --out ./traces/traces.jsonl",
            "pixelis data validate ./traces/traces.jsonl",
            "pixelis data fuse manifest.json --out fused.jsonl");
}
