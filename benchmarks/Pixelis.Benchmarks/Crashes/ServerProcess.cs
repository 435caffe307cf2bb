using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>A <c>pixelis serve --online</c> as a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Told = "listening on ";

    private readonly Process _process;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = new();

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("the server ended"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Seconds to its address; null before.</summary>
    public double? Ready { get; private set; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it wrote on standard error, without empty lines.</summary>
    public string[] Errors => [.. _errors.Where(l => l.Length > 0)];

    /// <summary>Starts one: it learns at once from everything that passes, a version an update, tried on one scene.</summary>
    /// <param name="options">Model and tool.</param>
    /// <param name="folder">The folder of <c>--online</c>.</param>
    /// <param name="mostKibibytes">Longest file it may write (RLIMIT_FSIZE, set by bash); 0 for no limit.</param>
    public static ServerProcess Start(CrashOptions options, string folder, int mostKibibytes = 0)
    {
        string[] command =
        [
            "dotnet", options.Cli, "serve", "--model", options.Model, "--name", Traffic.Model, "--tools", "all", "--online", folder, "--port", "0", "--rate", "0", "--grace", "2",
            "--threads", "1", "--episodes", "2", "--cold-start", "0", "--confidence", "0", "--known", "1", "--strange=-1", "--drift", "1000", "--review-share", "0.3", "--objective", "weighted-sft",
            "--lora-rank", "4", "--lr", "1e-5", "--half-life", "2", "--publish-every", "1", "--canary", "pixelbench:spot@1", "--canary-examples", "1",
        ];
        string limit = string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {mostKibibytes}; exec \"$@\"");
        ProcessStartInfo start = mostKibibytes > 0 ? new("bash", ["-c", limit, "bash", .. command]) : new(command[0], command[1..]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("PIXELIS_API_KEY");
        if (mostKibibytes > 0)
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // else .NET maps its code from a large file, and does not come to run
        return new ServerProcess(start);
    }

    /// <summary>Waits until it answers; null when it ended first, or took too long.</summary>
    public async Task<Uri?> ReadyAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await _address.Task.WaitAsync(limit, cancellation);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL, and until it is gone.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, which .NET has no call for.</summary>
    public void Terminate()
    {
        using Process shell = Process.Start("bash", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}")]);
        shell.WaitForExit();
    }

    /// <summary>Waits for its end; false when it took too long.</summary>
    public async Task<bool> EndedAsync(TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timer.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null || !line.StartsWith(Told, StringComparison.Ordinal))
            return;
        Ready = Seconds;
        _address.TrySetResult(new Uri(line[Told.Length..].Split(' ')[0]));
    }
}
