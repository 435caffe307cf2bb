using System.Globalization;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>
/// <c>crashes --model FOLDER --kills N --out FILE [--seed S] [--cli DLL] [--torn | --full]</c>: starts <c>pixelis serve --online</c> as a process of its own, asks it,
/// kills it at random moments, starts it again on the same folder, and holds the stores against what was acknowledged. FILE gets a JSON line a kill, and
/// the folder that is served lies beside it, so that the same command goes on where it ended. <c>--torn</c> damages copies of a folder, <c>--full</c> takes
/// the room away. The exit code is 1 when anything that was acknowledged is lost, or a start fails that should not.
/// </summary>
internal static class CrashRunner
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        CrashOptions options;
        try
        {
            options = CrashOptions.Read(arguments);
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync($"crashes: {e.Message}");
            return 2;
        }
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            if (arguments.Contains("--torn"))
                return await new TornRun(options).RunAsync(stop.Token);
            if (arguments.Contains("--full"))
                return await new FullRun(options).RunAsync(stop.Token);
            return await new KillRun(options).RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("crashes: stopped; the same command goes on.");
            return 130;
        }
        catch (PixelisException e)
        {
            await Console.Error.WriteLineAsync($"crashes: {e.Message}");
            return 1;
        }
    }

    /// <summary>A line of progress on standard error, with the time.</summary>
    public static void Tell(string line) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {line}"));
}
