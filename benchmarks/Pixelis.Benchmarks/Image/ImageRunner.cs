using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pixelis.Benchmarks.Image;

/// <summary>
/// <c>image [--peer image_bench.py] [--python python3] [--runs 15]</c>: preprocessing of a 1920x1080 picture to patches of
/// 1260x700 on one thread, before and after the Python peer (Pillow and numpy), in one run. <c>PIXELIS_PEERS</c> may name the peer's folder.
/// </summary>
internal static partial class ImageRunner
{
    private static readonly string[] Compared = ["all, from decoded RGB", "all, from jpeg", "PIL jpeg decode", "PIL bicubic resize"];

    internal static int Run(string[] arguments)
    {
        string? peer = Option(arguments, "--peer") ?? PeerFromEnvironment();
        int runs = int.Parse(Option(arguments, "--runs") ?? "15", CultureInfo.InvariantCulture);
        ImageWorkload workload = new();
        Console.WriteLine($"picture 1920x1080, JPEG {workload.Jpeg.Length / 1024} KiB, grid {workload.Grid}; one thread, median of {runs}");
        Dictionary<string, double> first = Measure(workload, runs);
        if (peer is null)
        {
            Console.WriteLine("no peer: give --peer PATH/image_bench.py or set PIXELIS_PEERS to its folder");
            return 0;
        }
        Dictionary<string, double> theirs = RunPeer(Option(arguments, "--python") ?? "python3", peer);
        // Around the peer, so that a machine that grows busy or quiet meanwhile favours nobody.
        Dictionary<string, double> second = Measure(workload, runs);
        foreach (string name in Compared)
        {
            double ours = (first[name] + second[name]) / 2;
            if (theirs.TryGetValue(name, out double peerTime))
                Console.WriteLine($"{name}: ours {ours:F1} ms, peer {peerTime:F1} ms, {peerTime / ours:F2} times as fast");
        }
        return 0;
    }

    private static Dictionary<string, double> Measure(ImageWorkload workload, int runs)
    {
        var times = new Dictionary<string, double>
        {
            ["PIL jpeg decode"] = Median("jpeg decode", runs, () => workload.Decode()),
            ["PIL bicubic resize"] = Median("bicubic resize", runs, () => workload.Resize()),
            ["all, from decoded RGB"] = Median("all, from decoded RGB", runs, () => workload.Process()),
            ["all, from jpeg"] = Median("all, from jpeg", runs, () => workload.DecodeAndProcess()),
        };
        return times;
    }

    private static double Median(string name, int runs, Action body)
    {
        // Long enough for the compiler's last tier.
        for (var warmUp = Stopwatch.StartNew(); warmUp.ElapsedMilliseconds < 1500;)
            body();
        var times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            body();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine($"{name}: {times[runs / 2]:F1} ms (min {times[0]:F1} max {times[^1]:F1})");
        return times[runs / 2];
    }

    private static Dictionary<string, double> RunPeer(string python, string script)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, [script]) { RedirectStandardOutput = true })!;
        var times = new Dictionary<string, double>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            Console.WriteLine("  peer | " + line);
            if (PeerLine().Match(line) is { Success: true } match)
                times[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        }
        process.WaitForExit();
        return times;
    }

    private static string? PeerFromEnvironment() =>
        Environment.GetEnvironmentVariable("PIXELIS_PEERS") is { Length: > 0 } folder ? Path.Combine(folder, "image_bench.py") : null;

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    [GeneratedRegex(@"^(.+): ([\d.]+) ms \(min")]
    private static partial Regex PeerLine();
}
