using System.Diagnostics;
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
    public static async Task<ChildResult> InterruptAsync(string signal, TimeSpan after, params string[] arguments)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "Pixelis.Cli.dll");
        // A shell in between would decide about signals itself: `timeout` passes them on and reports the child's own exit code.
        return await ChildProcess.RunAsync(
            "timeout",
            ["--preserve-status", "--signal", signal, "--kill-after", "60", after.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture), "dotnet", dll, .. arguments],
            environment: Environment,
            limit: TimeSpan.FromMinutes(3));
    }
}
