using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data validate</c>: whether traces are what they say.</summary>
internal static class DataValidateCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "Traces (JSON Lines)" };
    private static readonly Option<bool> NoReplay = new("--no-replay") { Description = "Do not run the actions again" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Only the first N", HelpName = "N" };
    private static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Report lines that cannot be read and go on" };

    public static Command Create()
    {
        var command = new Command("validate", "Checks traces: parts, actions, replay, answers") { File, NoReplay, Limit, SkipBroken };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples("pixelis data validate traces.jsonl", "pixelis data validate traces.jsonl --no-replay --skip-broken")
            .WithNote("Replaying runs each stored action with the real tools and compares what comes back. Exit code 1 when anything is wrong.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string file = parsed.GetRequiredValue(File), folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        TextWriter output = parsed.InvocationConfiguration.Output;
        int limit = parsed.GetValue(Limit) is > 0 and int given ? given : int.MaxValue;
        int checkedCount = 0, bad = 0, broken = 0;
        await using var validator = new TraceValidator();
        foreach (TrainingTrace trace in TraceJsonLines.Read(file, parsed.GetValue(SkipBroken) ? BrokenLines.Skip : BrokenLines.Refuse, Broken).Take(limit))
        {
            checkedCount++;
            IReadOnlyList<TraceProblem> problems = parsed.GetValue(NoReplay)
                ? TraceValidator.Check(trace)
                : await validator.ValidateAsync(TraceMedia.Load(trace, folder, cancellation), cancellation);
            bad += problems.Count > 0 ? 1 : 0;
            foreach (TraceProblem problem in problems)
                output.WriteLine(problem);
        }
        if (checkedCount + broken == 0)
            throw new DatasetFormatException(file, 0, null, "the dataset holds no traces.");
        output.WriteLine($"{checkedCount} traces checked, {bad} with problems{(broken > 0 ? $", {broken} lines not read" : "")}");
        return bad + broken == 0 ? ExitCodes.Success : ExitCodes.Failure;

        void Broken(DatasetFormatException problem)
        {
            broken++;
            output.WriteLine(problem.Message);
        }
    }
}
