using System.Diagnostics;
using System.Globalization;
using Pixelis.Online.Neighbors;

namespace Pixelis.Benchmarks.Neighbors;

/// <summary>
/// <c>neighbors [count] [dimension] [uniform] [--ef N]</c>: recall@10 and queries a second of the index, called one query at a time from
/// C#, and of plain hnswlib over the same graph, called once for all queries from C++ and compiled for this machine; in turns, one thread.
/// Time is the processor's: on a busy machine it is the steadier one.
/// </summary>
internal static class NeighborRunner
{
    private const int K = 10;
    private const int Rounds = 16;

    // The compiler's last tier comes late on a busy machine.
    private const int WarmUps = 6;

    internal static async Task<int> RunAsync(string[] arguments)
    {
        int[] numbers = [.. arguments.TakeWhile(a => char.IsAsciiDigit(a[0])).Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        int count = numbers.Length > 0 ? numbers[0] : 100_000, dimension = numbers.Length > 1 ? numbers[1] : 256;
        int ef = Array.IndexOf(arguments, "--ef") is >= 0 and var at ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : 0;
        var workload = new NeighborWorkload(count, dimension, arguments.Contains("uniform"));
        string library = FindPlain();
        using var index = new HnswIndex(dimension, new HnswOptions { TailSize = count, BuildThreads = Environment.ProcessorCount, Ef = ef });
        await BuildAsync(index, workload);
        string path = Path.Combine(Path.GetTempPath(), $"pixelis-neighbors-{Environment.ProcessId}.hnsw");
        try
        {
            index.ExportPlain(path);
            using var plain = new PlainHnsw(library, path, dimension);
            Measure(index, plain, workload);
        }
        finally
        {
            File.Delete(path);
        }
        return 0;
    }

    private static async Task BuildAsync(HnswIndex index, NeighborWorkload workload)
    {
        var wall = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < workload.Count; i++)
            index.Add(i, 0, workload.Vector(i));
        await index.RebuildAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{workload.Count} x {workload.Dimension}: built and calibrated in {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} s of processor ({wall.Elapsed.TotalSeconds:F1} s wall), ef {index.Ef}"));
    }

    private static void Measure(HnswIndex index, PlainHnsw plain, NeighborWorkload workload)
    {
        long[] truth = Ours(index, workload, isExact: true);
        double[] ours = new double[Rounds], theirs = new double[Rounds];
        long[] found = [], plainFound = [];
        for (int round = -WarmUps; round < Rounds; round++)
        {
            double first = Seconds(() => found = Ours(index, workload, isExact: false));
            double second = Seconds(() => plainFound = plain.Search(workload.Queries, NeighborWorkload.QueryCount, K, index.Ef));
            if (round >= 0)
                (ours[round], theirs[round]) = (first, second);
        }
        Report("index", Recall(found, truth), ours);
        Report("plain hnswlib", Recall(plainFound, truth), theirs);
        double[] ratios = [.. ours.Zip(theirs, (o, t) => t / o).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"queries/s against plain hnswlib: median {ratios[Rounds / 2]:F2}, of the sums {theirs.Sum() / ours.Sum():F2} (least {ratios[0]:F2}, most {ratios[^1]:F2} of {Rounds} rounds)"));
    }

    private static void Report(string name, double recall, double[] seconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: recall@{K} {recall:F4}, {NeighborWorkload.QueryCount * Rounds / seconds.Sum():F0} queries/s"));

    private static double Seconds(Action body)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        body();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static long[] Ours(HnswIndex index, NeighborWorkload workload, bool isExact)
    {
        var ids = new long[NeighborWorkload.QueryCount * K];
        Span<NeighborHit> hits = stackalloc NeighborHit[K];
        for (int i = 0; i < NeighborWorkload.QueryCount; i++)
        {
            int count = index.Search(workload.Query(i), 0, hits, isExact);
            for (int at = 0; at < K; at++)
                ids[(i * K) + at] = at < count ? hits[at].Id : -1;
        }
        return ids;
    }

    private static double Recall(long[] found, long[] truth)
    {
        int hits = 0;
        for (int i = 0; i < NeighborWorkload.QueryCount; i++)
            hits += found.Skip(i * K).Take(K).Intersect(truth.Skip(i * K).Take(K)).Count();
        return (double)hits / truth.Length;
    }

    private static string FindPlain()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string library = Path.Combine(folder.FullName, "artifacts", "native", "libpixelis_index_plain.so");
            if (File.Exists(library))
                return library;
        }
        throw new FileNotFoundException("libpixelis_index_plain.so is not in artifacts/native: run ./setup.sh.");
    }
}
