using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Data;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data cota</c>: chain-of-thought-action traces from ground truth.</summary>
internal static class DataCotaCommand
{
    private static readonly Option<string> Data = new("--data", "-d") { Description = "Examples of PixelBench (JSON Lines)", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Traces to write (JSON Lines)", Required = true, HelpName = "FILE" };
    private static readonly Option<string?> Kinds = new("--kinds") { Description = "One trace of each of these kinds per example, instead of a mixture", HelpName = "NAMES" };
    private static readonly Option<double> Traps = new("--traps") { Description = "Share of traps, half of each sort (default 0.2)", HelpName = "X", DefaultValueFactory = _ => 0.2 };
    private static readonly Option<double> Corrections = new("--corrections") { Description = "Share of self-corrections (default 0.1)", HelpName = "X", DefaultValueFactory = _ => 0.1 };
    private static readonly Option<double> Negatives = new("--negatives") { Description = "Share of outcome-negatives (default 0.1)", HelpName = "X", DefaultValueFactory = _ => 0.1 };
    private static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Pass over lines that cannot be read instead of refusing the file" };

    public static Command Create()
    {
        var command = new Command("cota", "Writes traces of how examples are solved, by running the tools") { Data, Out, Kinds, Traps, Corrections, Negatives, SkipBroken };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples("pixelis data cota --data ./bench/train.jsonl --out ./bench/traces.jsonl", "pixelis data cota --data ./bench/train.jsonl --out t.jsonl --kinds positive,self_correction")
            .WithNote("Wrong turns are context, never targets. A straight trace whose tool did not show the evidence is left out and counted.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        double traps = parsed.GetValue(Traps), corrections = parsed.GetValue(Corrections), negatives = parsed.GetValue(Negatives);
        if (!(traps >= 0 && corrections >= 0 && negatives >= 0 && traps + corrections + negatives <= 1))
            throw new UsageException("--traps, --corrections and --negatives must not be negative and together at most 1.");
        string file = parsed.GetRequiredValue(Data), output = parsed.GetRequiredValue(Out);
        OutputPath.Check(output);
        var options = new CotaOptions
        {
            Positive = 1 - traps - corrections - negatives, TrapPerceptual = traps / 2, TrapLogical = traps / 2, SelfCorrection = corrections, OutcomeNegative = negatives,
        };
        TraceKind?[] kinds = parsed.GetValue(Kinds) is { } named ? [.. DataNames.Read<TraceKind>("--kinds", named).Select(k => (TraceKind?)k)] : [null];
        await using var run = new CotaRun(options, file, output);
        IEnumerable<Example> examples = ExampleJsonLines.Read(file, parsed.GetValue(SkipBroken) ? BrokenLines.Skip : BrokenLines.Refuse, e => parsed.InvocationConfiguration.Error.WriteLine($"pixelis: skipped {e.Message}"));
        await run.WriteAsync(examples, kinds, cancellation);
        parsed.InvocationConfiguration.Output.WriteLine($"{run.Written} traces in {output}{(run.LeftOut > 0 ? $"; {run.LeftOut} left out: the tools did not show the evidence" : "")}");
        return ExitCodes.Success;
    }
}
