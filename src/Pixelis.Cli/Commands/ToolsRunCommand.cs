using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Tools;
using Pixelis.Models.Sam;
using Pixelis.Tools;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis tools run</c>: one call, for real, over files.</summary>
internal static class ToolsRunCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The tool, by name or alias" };

    private static readonly Option<string[]> Images = new("--image", "-i")
    {
        Description = "Image file; may be given several times, numbered from 1", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> Videos = new("--video")
    {
        Description = "Video file, or a folder of frames; numbered after the images", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Arguments = new("--arguments", "-a")
    {
        Description = "Arguments as a model would write them, a JSON object; '@FILE' reads a file", HelpName = "JSON", DefaultValueFactory = _ => "{}",
    };

    private static readonly Option<string?> Folder = new("--out", "-o")
    {
        Description = "Folder for the pictures it returns (result-N.png) and what it found drawn on its inputs (marked-N.png)", HelpName = "FOLDER",
    };

    private static readonly Option<double> Timeout = new("--timeout") { Description = "Longest time for the call", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };

    private static readonly Option<string?> Sam = CommonOptions.Sam();

    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("run", "Runs a tool for real and prints what a model would read") { Name, Images, Videos, Arguments, Folder, Sam, Timeout, Json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command
            .WithExamples(
                "pixelis tools run read_text --image receipt.jpg",
                "pixelis tools run zoom_in -i photo.jpg -a '{\"bbox_2d\": [100, 80, 300, 240]}' --out ./crops",
                "pixelis tools run segment_object_at -i photo.jpg -a '{\"point_2d\": [320, 240]}' --out ./marked",
                "pixelis tools run segment_object_at -i photo.jpg -a '{\"point_2d\": [320, 240]}' --sam ./sam-vit-base --timeout 300",
                "pixelis tools run get_properties -i photo.jpg -a '{\"bbox_2d\": [100, 80, 300, 240]}' --json | jq .data",
                "pixelis tools run track_object --video clip.mp4 -a '{\"bbox_2d\": [40, 60, 90, 160]}' --out ./track")
            .WithNote("Places are in pixels of the file. A call that the tool refuses prints its message and ends with 1.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        ITool tool = ToolCatalogue.Find(parsed.GetRequiredValue(Name));
        string? samFolder = parsed.GetValue(Sam);
        ToolCatalogue.RequireSegmentation(samFolder, tool);
        TimeSpan timeout = CommonOptions.Seconds(parsed, Timeout);
        using JsonDocument arguments = ReadArguments(parsed.GetRequiredValue(Arguments));
        using SamSegmenter? sam = samFolder is null ? null : SamSegmenter.FromPretrained(samFolder);
        tool = ToolCatalogue.Over(sam, tool);
        ToolRunner.Outcome outcome = await Task.Run(
            () => ToolRunner.RunAsync(tool, arguments.RootElement, parsed.GetValue(Images) ?? [], parsed.GetValue(Videos) ?? [], timeout, cancellation), cancellation);
        IReadOnlyList<string> files = parsed.GetValue(Folder) is { } folder ? ResultFiles.Write(folder, outcome, cancellation) : [];
        ToolResult result = outcome.Result;
        if (parsed.GetValue(Json))
        {
            var document = new ToolRunDocument(
                tool.Definition.Name, arguments.RootElement, result.IsError, result.Text, result.Data,
                [.. result.Images.Select(image => new[] { image.Image.Width, image.Image.Height })], files, Math.Round(outcome.Duration.TotalSeconds, 4));
            output.WriteLine(JsonSerializer.Serialize(document, CliJson.Default.ToolRunDocument));
        }
        else
        {
            output.WriteLine(TerminalText.Clean(result.Text));
            foreach (string file in files)
                output.WriteLine(file);
        }
        return result.IsError ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static JsonDocument ReadArguments(string text)
    {
        string json = text.StartsWith('@') ? File.ReadAllText(text[1..]) : text;
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new UsageException($"--arguments is not JSON: {e.Message}");
        }
    }
}
