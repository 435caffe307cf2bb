using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pixelis.Cli.Auditing;
using Pixelis.Cli.CommandLine;
using Pixelis.Online.Audit;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis audit verify</c>: whether a log is what was written.</summary>
internal static class AuditVerifyCommand
{
    private static readonly Argument<string> Folder = new("FOLDER") { Description = "The log's folder" };
    private static readonly AuditKeyOptions Key = new();

    private static readonly Option<string?> Anchor = new("--anchor")
    {
        Description = "A copy of the log's head.json of an earlier day, kept elsewhere: a log that was put back to before it does not verify", HelpName = "FILE",
    };

    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("verify", "Checks a log from its first line to its last") { Folder, Key.File, Key.Variable, Anchor, Json };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples(
                "pixelis audit verify ./audit --key audit.key",
                "pixelis audit verify ./audit --key-env PIXELIS_AUDIT_KEY --anchor /mnt/backup/head.json",
                "pixelis audit verify ./audit --key audit.key --json | jq .intact")
            .WithNote(
                "Changed, missing, doubled or moved lines, missing files and a cut end are found; the first one is named. Exit code 1 when there is one.\n"
                + "A log that was replaced as a whole by an older state of itself is found with --anchor only.");
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        AuditReport report = AuditVerifier.Verify(parsed.GetRequiredValue(Folder), KeyOf(parsed), parsed.GetValue(Anchor), cancellation);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
            output.WriteLine(JsonSerializer.Serialize(AuditDocument.Of(report), CliJson.Default.AuditDocument));
        else
            Write(output, report);
        return report.IsIntact ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static AuditKey KeyOf(ParseResult parsed) => Key.Read(parsed) ?? throw new UsageException("With which key? Give --key FILE or --key-env NAME.");

    private static void Write(TextWriter output, AuditReport report)
    {
        output.WriteLine(report.Break is { } broken ? $"BROKEN  {broken}" : "intact");
        string span = report is { First: { } first, Last: { } last } ? $", {Time(first)} to {Time(last)}" : "";
        output.WriteLine($"{report.Entries} entries in {report.Files} files{span}");
        if (report.AheadOfHead > 0 && report.IsIntact)
            output.WriteLine($"the last {report.AheadOfHead} lines are genuine and were not acknowledged yet");
        if (report.UnfinishedBytes > 0)
            output.WriteLine($"{report.UnfinishedBytes} bytes at the end belong to no line: a crash left them half written, or somebody added them");
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
