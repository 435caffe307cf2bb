namespace Pixelis.LibTorch.Native;

/// <summary>
/// Tells the garbage collector about memory it cannot see. A tensor is a few dozen managed bytes that may hold gigabytes, so
/// undisposed ones would pile up. <see cref="GC.AddMemoryPressure"/> is not used: it counts what is added and not what is
/// alive, and a loop that disposes everything would still cause collections all the time.
/// </summary>
internal static class NativeMemoryPressure
{
    /// <summary>Results below this many KiB are not counted: they are too many and too small to matter.</summary>
    internal const int SmallestCounted = 4;

    private const long SmallestThreshold = 512 * 1024; // KiB
    private static long _live;
    private static long _threshold = SmallestThreshold;

    /// <summary>
    /// Handles a thread makes between two collections of the youngest generation. The collector's own budget there can be tens
    /// of megabytes, which is hundreds of thousands of tensors: too late for forgotten small ones, and memory that only grows
    /// warm. A collection of this few, mostly dead objects takes a fraction of a millisecond.
    /// </summary>
    private const int HandlesBetweenCollections = 32768;

    [ThreadStatic]
    private static int _made;

    /// <summary>Called for every new handle.</summary>
    internal static void CountHandle()
    {
        if (++_made < HandlesBetweenCollections)
            return;
        _made = 0;
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
    }

    /// <summary>KiB that live tensors hold, as far as counted.</summary>
    internal static long LiveKibibytes => Volatile.Read(ref _live);

    internal static void Add(int kibibytes)
    {
        long live = Interlocked.Add(ref _live, kibibytes);
        if (live > Volatile.Read(ref _threshold))
            Collect(live);
    }

    internal static void Remove(int kibibytes) => Interlocked.Add(ref _live, -kibibytes);

    // Twice what was alive is the next threshold, so that a program which really holds that much pays for few collections.
    private static void Collect(long live)
    {
        long threshold = Volatile.Read(ref _threshold);
        if (live <= threshold || Interlocked.CompareExchange(ref _threshold, long.MaxValue, threshold) != threshold)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        Volatile.Write(ref _threshold, Math.Max(SmallestThreshold, 2 * LiveKibibytes));
    }
}
