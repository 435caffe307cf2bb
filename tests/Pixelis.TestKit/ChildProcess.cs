using System.Diagnostics;
using System.Text;

namespace Pixelis.TestKit;

/// <summary>Runs a program and collects what it prints. A program that outlives its time is ended, and its tree with it.</summary>
public static class ChildProcess
{
    /// <summary>Runs to the end.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">One by one, unquoted.</param>
    /// <param name="folder">Working folder; null for the current one.</param>
    /// <param name="environment">Variables to set; a null value removes one.</param>
    /// <param name="limit">Longest time; default five minutes.</param>
    /// <param name="onOutput">Sees each line of standard output as it comes, with the process.</param>
    /// <exception cref="TimeoutException">It was still running when its time was over.</exception>
    public static async Task<ChildResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? limit = null,
        Action<Process, string>? onOutput = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = ReadAsync(process.StandardOutput, line => onOutput?.Invoke(process, line));
        Task<string> error = ReadAsync(process.StandardError, _ => { });
        using var timer = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end in time.\n{await output}\n{await error}");
        }
        return new ChildResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string> onLine)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            text.Append(line).Append('\n');
            onLine(line);
        }
        return text.ToString();
    }
}
