using System.Globalization;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>Adds kills up and prints them.</summary>
internal sealed class CrashTable
{
    private readonly List<KillRecord> _kills = [];
    private readonly List<Loss> _last = [];
    private int _published;

    public int Losses => Lost.Count();

    private IEnumerable<Loss> Lost => _kills.SelectMany(k => k.Lost).Concat(_last).Distinct();

    public void Add(KillRecord record)
    {
        _kills.Add(record);
        _published = Math.Max(_published, record.Published);
    }

    /// <summary>What the look at the end found.</summary>
    public void AddLast(IEnumerable<Loss> lost, int published)
    {
        _last.AddRange(lost);
        _published = Math.Max(_published, published);
    }

    /// <summary>One kill in a line.</summary>
    public static string Line(KillRecord k) => string.Create(
        CultureInfo.InvariantCulture,
        $"kill {k.Kill}: {k.Phase}, lived {k.Lived:F1} s, {k.Answers.Count} answers, {k.Feedback.Count} feedback, {k.Reviews.Count} reviews, {k.InFlight} under way, {k.Published} versions, {k.Seconds:F1} s{(k.Lost.Count == 0 ? "" : " LOST " + string.Join("; ", k.Lost.Select(l => $"{l.Kind}: {l.What}")))}");

    public void Write(TextWriter output)
    {
        void Row(string format) => output.WriteLine(format);
        int Of(string kind) => Lost.Count(l => l.Kind == kind);
        Row("| | acknowledged | lost |");
        Row("|---|---|---|");
        Row(FormattableString.Invariant($"| answers | {_kills.Sum(k => k.Answers.Count)} | {Of("answer")} |"));
        Row(FormattableString.Invariant($"| feedback | {_kills.Sum(k => k.Feedback.Count)} | {Of("feedback")} |"));
        Row(FormattableString.Invariant($"| review decisions | {_kills.Sum(k => k.Reviews.Count)} | {Of("review")} |"));
        Row(FormattableString.Invariant($"| lines of the audit log, or its chain | | {Of("audit")} |"));
        Row(FormattableString.Invariant($"| stores that do not open | | {Of("store")} |"));
        Row(FormattableString.Invariant($"| versions served and not published | | {Of("version")} |"));
        Row("");
        Row("| kills by phase | kills | requests under way |");
        Row("|---|---|---|");
        foreach (string phase in KillPhase.All)
            Row(FormattableString.Invariant($"| {phase} | {_kills.Count(k => k.Phase == phase)} | {_kills.Where(k => k.Phase == phase).Sum(k => k.InFlight)} |"));
        Row("");
        double[] starts = [.. _kills.Select(k => k.Ready).OfType<double>().Order()];
        Row(FormattableString.Invariant($"{_kills.Count} kills, {Of("start")} starts that failed, {_published} versions published, {_kills.Sum(k => k.NotKept)} answers told as not kept;"));
        Row(FormattableString.Invariant($"{(starts.Length == 0 ? 0 : starts[starts.Length / 2]):F1} s to start (median), {(_kills.Count == 0 ? 0 : _kills.Average(k => k.Seconds)):F1} s a kill, looked at without a server {_kills.Count(k => k.CheckedOffline)} times"));
        foreach (Loss loss in Lost)
            Row($"LOST {loss.Kind}: {loss.What}");
    }
}
