using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data fuse</c>: several datasets of traces in one.</summary>
internal static class DataFuseCommand
{
    private static readonly Argument<string> Manifest = new("MANIFEST") { Description = "What to take of which dataset (JSON)" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Traces to write (JSON Lines)", Required = true, HelpName = "FILE" };
    private static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Pass over lines that cannot be read instead of refusing the file" };

    public static Command Create()
    {
        var command = new Command("fuse", "Puts several datasets of traces together") { Manifest, Out, SkipBroken };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples("pixelis data fuse manifest.json --out fused.jsonl")
            .WithNote("""
                Manifest: {"seed": 1, "least_quality": 3, "sources": [{"path": "a.jsonl", "limit": 1000, "weight": 2, "kinds": ["positive"], "families": ["spot"]}]}.
                Paths are relative to the manifest; of each source only "path" is needed. Media stay where they are.
                """);
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetRequiredValue(Manifest), output = parsed.GetRequiredValue(Out);
        OutputPath.Check(output);
        FuseManifest manifest = DatasetFuser.LoadManifest(path);
        FuseReport report = DatasetFuser.Fuse(
            manifest, Path.GetDirectoryName(Path.GetFullPath(path))!, output, parsed.GetValue(SkipBroken) ? BrokenLines.Skip : BrokenLines.Refuse,
            e => parsed.InvocationConfiguration.Error.WriteLine($"pixelis: skipped {e.Message}"), cancellation);
        TextWriter text = parsed.InvocationConfiguration.Output;
        text.WriteLine($"{report.Written} traces in {output}; {report.Rejected} filtered out, {report.Duplicates} taken already");
        foreach ((FuseSource source, int taken) in manifest.Sources.Zip(report.BySource))
            text.WriteLine($"  {taken,8}  {source.Path}");
        return ExitCodes.Success;
    }
}
