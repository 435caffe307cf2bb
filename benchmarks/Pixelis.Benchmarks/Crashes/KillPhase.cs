using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>What a server was at when it was killed, by what it left and by what was asked of it.</summary>
internal static class KillPhase
{
    public const string FirstStart = "first start, empty folder", Start = "start", Stop = "stop after SIGTERM", Draft = "a version written or tried", Pointing = "a version between folder and pointer";
    public const string Answering = "requests under way", Idle = "no request under way";

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } = [FirstStart, Start, Stop, Draft, Pointing, Answering, Idle];

    /// <summary>The versions there are; a kill that left others came while they were made.</summary>
    public static HashSet<string> VersionsOf(OnlineFolder folder) =>
        Directory.Exists(folder.Versions) ? [.. Directory.EnumerateDirectories(folder.Versions, "v*").Select(f => Path.GetFileName(f))] : [];

    /// <summary>The phase of a server that was serving.</summary>
    /// <param name="folder">Its folder, as the kill left it.</param>
    /// <param name="before">The versions there were when it began.</param>
    /// <param name="inFlight">Requests it had not answered.</param>
    public static string Of(OnlineFolder folder, HashSet<string> before, int inFlight)
    {
        string? newest = VersionsOf(folder).Max(StringComparer.Ordinal);
        if (newest is not null && !before.Contains(newest) && string.CompareOrdinal(newest, ServingOf(folder)) > 0)
            return Pointing;
        if (Directory.EnumerateDirectories(folder.Versions, ".v*.tmp").Any()) // removed at each start
            return Draft;
        return inFlight > 0 ? Answering : Idle;
    }

    private static string? ServingOf(OnlineFolder folder)
    {
        using PolicyVersionStore versions = PolicyVersionStore.Read(folder.Versions);
        return versions.Serving?.Id;
    }
}
