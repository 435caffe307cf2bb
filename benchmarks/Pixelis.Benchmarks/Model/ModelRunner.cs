using System.Globalization;

namespace Pixelis.Benchmarks.Model;

/// <summary>
/// <c>model SHAPE WORK TYPE [THREADS] [--peer SCRIPT] [--rounds N] [--reps N] [--clock wall|cpu]</c>: our figure and the Python peer's, taken in turns in one run.
/// SHAPE, WORK and TYPE may be comma-separated lists. Without <c>--peer</c>, <c>torch_bench.py</c> in the folder PIXELIS_PEERS is
/// used, and without that the peer's columns stay empty.
/// <c>--clock cpu</c> counts our process's time, for use beside a peer script that does the same on a machine that is busy.
/// </summary>
internal static class ModelRunner
{
    /// <summary>Runs and prints; the process's exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Count)
                options[arguments[i][2..]] = arguments[++i];
            else
                words.Add(arguments[i]);
        }

        if (words.Count < 3)
        {
            Console.Error.WriteLine("usage: model SHAPE WORK TYPE [THREADS] [--peer SCRIPT] [--python PROGRAM] [--rounds N] [--reps N] [--clock wall|cpu]");
            return 2;
        }

        int threads = words.Count > 3 ? int.Parse(words[3], CultureInfo.InvariantCulture) : 1;
        int rounds = int.Parse(options.GetValueOrDefault("rounds", "3"), CultureInfo.InvariantCulture);
        int repetitions = int.Parse(options.GetValueOrDefault("reps", "3"), CultureInfo.InvariantCulture);
        string? script = options.GetValueOrDefault("peer") ?? (Environment.GetEnvironmentVariable("PIXELIS_PEERS") is { } folder ? Path.Combine(folder, "torch_bench.py") : null);
        PeerProcess? peer = script is null ? null : new PeerProcess(script, options.GetValueOrDefault("python", "/usr/bin/python3"));
        bool processorTime = options.GetValueOrDefault("clock") == "cpu";
        Console.WriteLine("| shape | work | type | threads | Pixelis tok/s (min-max) | PyTorch tok/s (min-max) | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (string shape in words[0].Split(','))
        {
            foreach (string work in words[1].Split(','))
            {
                foreach (string type in words[2].Split(','))
                {
                    if ((type == "autocast" && work != "train") || (type == "bf16" && work == "train"))
                        continue;
                    Compare(new ModelCase(shape, work, type, threads), peer, rounds, repetitions, processorTime);
                }
            }
        }

        return 0;
    }

    private static void Compare(ModelCase model, PeerProcess? peer, int rounds, int repetitions, bool processorTime)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        using var workload = new ModelWorkload(model, Path.Combine(Path.GetTempPath(), "pixelis-benchmarks"), processorTime);
        workload.Run();
        for (int round = 0; round < rounds; round++)
        {
            if (peer is not null)
                theirs.Add(peer.Run(model, repetitions));
            for (int i = 0; i < repetitions; i++)
                ours.Add(workload.Tokens / workload.Run());
        }

        string ratio = theirs.Count == 0 ? "" : (Median(ours) / Median(theirs)).ToString("F2", CultureInfo.InvariantCulture);
        Console.WriteLine($"| {model.Shape} | {model.Work} | {model.Type} | {model.Threads} | {Show(ours)} | {Show(theirs)} | {ratio} |");
    }

    private static string Show(List<double> rates) => rates.Count == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Median(rates):F1} ({rates.Min():F1}-{rates.Max():F1})");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
