using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Tools;
using Pixelis.Evaluation;
using Pixelis.Models.Sam;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis tools score</c>: how well the tools do on real data with ground truth.</summary>
internal static class ToolsScoreCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with segmentation, ocr and tracking, or some of them", Required = true, HelpName = "FOLDER" };
        var only = new Option<string?>("--only") { Description = $"Score just one of {string.Join(", ", ScoreRun.Folders.Keys)}", HelpName = "KIND" };
        var file = new Option<string?>("--out", "-o") { Description = "Write the tables to this file as well", HelpName = "FILE" };
        Option<string?> sam = CommonOptions.Sam();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("score", "Scores the tools on real pictures, texts and videos with ground truth") { data, only, file, sam, json };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(only) is { } kind && !ScoreRun.Folders.ContainsKey(kind))
                throw new UsageException($"--only must be one of {string.Join(", ", ScoreRun.Folders.Keys)}, not '{kind}'.");
            if (parsed.GetValue(file) is { } path)
                OutputPath.Check(path);
            return Task.Run(
                () =>
                {
                    using SamSegmenter? segmenter = parsed.GetValue(sam) is { } folder ? SamSegmenter.FromPretrained(folder) : null;
                    IReadOnlyList<ToolScore> scores = ScoreRun.Run(parsed.GetRequiredValue(data), parsed.GetValue(only), segmenter, parsed.InvocationConfiguration.Error, cancellation);
                    return Tell(parsed.InvocationConfiguration, scores, parsed.GetValue(file), parsed.GetValue(json));
                },
                CancellationToken.None);
        });
        return command
            .WithExamples("pixelis tools score --data ./real", "pixelis tools score --data ./real --only tracking --out tracking.md", "pixelis tools score --data ./real --json | jq '.[0].mean'")
            .WithNote("""
                Layout: segmentation/segmentation.json (id, image, mask, point), ocr/ocr.json (id, file, expected, kind), tracking/NAME/ with frames and
                groundtruth.txt (x,y,width,height a line). Tools run with their defaults. For tracking, OpenCV's plain CSRT follows each clip in the
                same run; speed is the tool's frames per second as a share of it. Progress goes to standard error.
                """);
    }

    private static int Tell(InvocationConfiguration streams, IReadOnlyList<ToolScore> scores, string? file, bool json)
    {
        string table = ToolScorer.Table(scores);
        if (file is not null)
            File.WriteAllText(file, table);
        streams.Output.WriteLine(json ? JsonSerializer.Serialize([.. scores.GroupBy(score => score.Group).Select(Describe)], CliJson.Default.ToolScoreDocumentArray) : table.TrimEnd());
        return ExitCodes.Success;
    }

    private static ToolScoreDocument Describe(IGrouping<string, ToolScore> group) =>
        new(group.Key, ToolScorer.Mean(group), group.ToDictionary(score => score.Id, score => score.Values));
}
