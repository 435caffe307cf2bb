using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pixelis.Benchmarks.Model;

/// <summary>The plain PyTorch model of the same shape, in a process of its own with the settings that serve it best.</summary>
internal sealed partial class PeerProcess(string script, string python)
{
    /// <summary>Runs the peer once and returns its median in tokens a second.</summary>
    public double Run(ModelCase model, int repetitions)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        start.ArgumentList.Add(script);
        foreach (string argument in model.PeerArguments(repetitions))
            start.ArgumentList.Add(argument);
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "4294967296";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "17179869184";
        start.Environment["OPENBLAS_NUM_THREADS"] = model.Threads.ToString(CultureInfo.InvariantCulture);
        if (HasBFloat16Instructions())
            start.Environment["OPENBLAS_CORETYPE"] = "Cooperlake";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Match match = Rate().Match(output);
        if (process.ExitCode != 0 || !match.Success)
            throw new InvalidOperationException($"The peer {script} ended with {process.ExitCode} and wrote: {output}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static bool HasBFloat16Instructions() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").Any(line => line.Contains("avx512_bf16", StringComparison.Ordinal));

    [GeneratedRegex(@"([\d.]+) tok/s")]
    private static partial Regex Rate();
}
