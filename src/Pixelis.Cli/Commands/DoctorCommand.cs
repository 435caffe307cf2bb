using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Doctor;
using Spectre.Console;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis doctor</c>: what this machine offers, and what to do about what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("doctor", "Checks the machine: libtorch, BLAS, threads, vector units, GPUs, OpenCV, tesseract") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command
            .WithExamples("pixelis doctor", "pixelis doctor --json | jq '.findings[] | select(.state != \"ok\")'")
            .WithNote("Exits with 1 when something that answering needs is missing; warnings alone leave it at 0.");
    }

    private static int Run(bool json, TextWriter output)
    {
        DoctorReport report = DoctorReport.Examine();
        if (json)
            output.WriteLine(JsonSerializer.Serialize(report, CliJson.Default.DoctorReport));
        else
            Print(report, output);
        return report.Healthy ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Print(DoctorReport report, TextWriter output)
    {
        IAnsiConsole console = Terminal.For(output);
        int width = report.Findings.Max(finding => finding.Name.Length);
        foreach (Finding finding in report.Findings)
        {
            (string mark, string color) = Mark(finding.State);
            console.Markup($"[{color}]{mark,-7}[/] ");
            output.WriteLine($"{finding.Name.PadRight(width)}  {finding.Value}");
            if (finding.Remedy is { } remedy)
                output.WriteLine($"{new string(' ', 8 + width)}  -> {remedy}");
        }
        output.WriteLine();
        output.WriteLine(report.Healthy ? "Ready." : "Something needed is missing; see the lines above that start with an arrow.");
    }

    private static (string Mark, string Color) Mark(FindingState state) => state switch
    {
        FindingState.Ok => ("ok", "green"),
        FindingState.Note => ("note", "default"),
        FindingState.Warning => ("warning", "yellow"),
        _ => ("missing", "red"),
    };
}
