using System.Diagnostics;
using System.Globalization;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>Runs the tool as a process of its own, as users do.</summary>
internal static class PixelisTool
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["DOTNET_STARTUP_HOOKS"] = null,
        ["NO_COLOR"] = "1",
    };

    public static Task<ChildResult> RunAsync(params string[] arguments) => RunAsync(null, null, arguments);

    public static Task<ChildResult> RunAsync(string? folder, Action<Process, string>? onOutput, params string[] arguments) =>
        ChildProcess.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Pixelis.Cli.dll"), .. arguments], folder, Environment, TimeSpan.FromMinutes(3), onOutput);

    /// <summary>Starts the tool, ends it by a signal after a while, and returns how it ended.</summary>
    /// <remarks>
    /// On a busy machine the signal can come before the tool has begun; the runtime then ends it without a word.
    /// Such a run says nothing about the tool: it is run again with twice the time, three times at most.
    /// </remarks>
    public static async Task<ChildResult> InterruptAsync(string signal, TimeSpan after, params string[] arguments)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "Pixelis.Cli.dll");
        for (int again = 3; ; again--, after *= 2)
        {
            // A shell in between would decide about signals itself: `timeout` passes them on and reports the child's own exit code.
            ChildResult result = await ChildProcess.RunAsync(
                "timeout",
                ["--preserve-status", "--signal", signal, "--kill-after", "60", after.TotalSeconds.ToString(CultureInfo.InvariantCulture), "dotnet", dll, .. arguments],
                environment: Environment,
                limit: TimeSpan.FromMinutes(3));
            if (again == 0 || result is not { ExitCode: 130, Output: "", Error: "" })
                return result;
        }
    }
}
