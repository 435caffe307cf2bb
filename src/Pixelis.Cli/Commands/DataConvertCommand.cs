using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data convert</c>: from and to other formats.</summary>
internal static class DataConvertCommand
{
    private static readonly Argument<string> Input = new("INPUT") { Description = "File to read" };
    private static readonly Option<string> From = new("--from") { Description = "pixelis, sharegpt, message_list, coco or vqa", HelpName = "FORMAT", DefaultValueFactory = _ => "pixelis" };
    private static readonly Option<string> To = new("--to") { Description = "pixelis, sharegpt or message_list", HelpName = "FORMAT", DefaultValueFactory = _ => "pixelis" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "File to write, in the folder of INPUT or with media copied", Required = true, HelpName = "FILE" };
    private static readonly Option<string?> Images = new("--images") { Description = "Folder of COCO's pictures, relative to INPUT", HelpName = "FOLDER" };
    private static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Pass over items that cannot be read instead of refusing the file" };

    public static Command Create()
    {
        var command = new Command("convert", "Reads and writes other formats") { Input, From, To, Out, Images, SkipBroken };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples(
                "pixelis data convert traces.jsonl --to sharegpt --out sharegpt.json",
                "pixelis data convert pixel_reasoner.json --from message_list --out traces.jsonl",
                "pixelis data convert instances_val.json --from coco --images val --out examples.jsonl")
            .WithNote("coco and vqa become examples, the others traces. Paths of pictures that are not copied are written relative to the new file.");
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string input = parsed.GetRequiredValue(Input), output = parsed.GetRequiredValue(Out), from = parsed.GetValue(From)!, to = parsed.GetValue(To)!;
        OutputPath.Check(output);
        BrokenLines broken = parsed.GetValue(SkipBroken) ? BrokenLines.Skip : BrokenLines.Refuse;
        string source = Path.GetDirectoryName(Path.GetFullPath(input))!, target = Path.GetDirectoryName(Path.GetFullPath(output))!;
        int written = 0;
        if (from is "coco" or "vqa")
        {
            IDatasetAdapter adapter = from == "coco" ? new CocoAdapter(parsed.GetValue(Images)) : new VqaAdapter();
            ExampleJsonLines.Write(output, Counted(adapter.Read(input, broken, Skipped)).Select(e => e with { Media = [.. e.Media.Select(m => m with { Path = Moved(m.Path, source, target) })] }));
        }
        else
            Write(to, output, Counted(Read(from, input, broken, Skipped)), source, target, cancellation);
        if (written == 0)
            throw new DatasetFormatException(input, 0, null, "the dataset is empty.");
        parsed.InvocationConfiguration.Output.WriteLine($"{written} items in {output}");
        return ExitCodes.Success;

        IEnumerable<T> Counted<T>(IEnumerable<T> items) => items.Select(item =>
        {
            cancellation.ThrowIfCancellationRequested();
            written++;
            return item;
        });

        void Skipped(DatasetFormatException problem) => parsed.InvocationConfiguration.Error.WriteLine($"pixelis: skipped {problem.Message}");
    }

    private static IEnumerable<TrainingTrace> Read(string format, string path, BrokenLines broken, Action<DatasetFormatException> skipped) => format switch
    {
        "pixelis" => TraceJsonLines.Read(path, broken, skipped),
        "sharegpt" => ShareGptFormat.Read(path, broken, skipped),
        "message_list" => MessageListFormat.Read(path, broken, skipped),
        _ => throw new UsageException($"--from must be pixelis, sharegpt, message_list, coco or vqa, not '{format}'."),
    };

    private static void Write(string format, string path, IEnumerable<TrainingTrace> traces, string source, string target, CancellationToken cancellation)
    {
        switch (format)
        {
            case "pixelis":
                TraceJsonLines.Write(path, traces.Select(t => t with
                {
                    Example = t.Example with { Media = [.. t.Example.Media.Select(m => m with { Path = Moved(m.Path, source, target) })] },
                }));
                break;
            case "sharegpt":
                ShareGptFormat.Write(path, traces.Select(t => TraceMedia.Load(t, source, cancellation)));
                break;
            case "message_list":
                MessageListFormat.Write(path, traces.Select(t => TraceMedia.Load(t, source, cancellation)));
                break;
            default:
                throw new UsageException($"--to must be pixelis, sharegpt or message_list, not '{format}'.");
        }
    }

    private static string? Moved(string? path, string from, string to) =>
        path is null ? null : Path.GetRelativePath(to, Path.GetFullPath(Path.Combine(from, path))).Replace('\\', '/');
}
