using System.Diagnostics;
using System.Globalization;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>Runs <c>pixelis train</c> as a process of its own, errors among the output as a terminal shows them, and ends it as runs end.</summary>
internal static class TrainingTool
{
    /// <summary>Runs one kind of training on one thread.</summary>
    /// <param name="verb"><c>sft</c>, <c>rft</c> or <c>ttrl</c>.</param>
    /// <param name="model">Folder of the model.</param>
    /// <param name="run">Folder of the run.</param>
    /// <param name="onLine">Sees each line as it comes, with the process; null for nobody.</param>
    /// <param name="more">Further arguments.</param>
    /// <param name="before">What the shell does before it becomes the tool.</param>
    public static Task<ChildResult> RunAsync(string verb, string model, string run, Action<Process, string>? onLine, string[] more, string before = "")
    {
        string[] line =
        [
            "-c", before + "exec \"$@\" 2>&1", "bash", "dotnet", Path.Combine(AppContext.BaseDirectory, "Pixelis.Cli.dll"), "train", verb, "--model", model, "--out", run,
            "--threads", "1", .. more,
        ];
        return ChildProcess.RunAsync("bash", line, limit: TimeSpan.FromMinutes(4), onOutput: onLine);
    }

    /// <summary>Kills the run when it says something.</summary>
    public static Action<Process, string> KillAt(string text) => (process, line) =>
    {
        if (line.Contains(text, StringComparison.Ordinal))
            process.Kill();
    };

    /// <summary>Presses Ctrl-C, once, when the first step was made.</summary>
    public static Action<Process, string> InterruptAfterFirstStep()
    {
        int sent = 0;
        return (process, line) =>
        {
            if (line.StartsWith("1/", StringComparison.Ordinal) && Interlocked.Exchange(ref sent, 1) == 0)
                Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        };
    }
}
