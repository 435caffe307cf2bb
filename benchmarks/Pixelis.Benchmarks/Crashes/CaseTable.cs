using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>Cases with how each ended; printed at the end, and appended to the file of results.</summary>
internal sealed partial class CaseTable(string file, string mode)
{
    private readonly List<(string Name, string Outcome, string Told, IReadOnlyList<string> Wrong)> _cases = [];

    public void Add(string name, string outcome, string told, IReadOnlyList<string> wrong)
    {
        _cases.Add((name, outcome, told, wrong));
        var line = new JsonObject
        {
            ["schema"] = $"pixelis.crashes.{mode}/1", ["case"] = name, ["outcome"] = outcome, ["told"] = told, ["wrong"] = new JsonArray([.. wrong.Select(w => (JsonNode)w)]),
        };
        File.AppendAllText($"{file}.{mode}.jsonl", line.ToJsonString() + "\n");
        CrashRunner.Tell($"{name}: {outcome}{(wrong.Count == 0 ? "" : " WRONG " + string.Join("; ", wrong))}");
    }

    /// <summary>What a server said, without its folder's place and the time.</summary>
    public static string Short(string? told, string root) => told is null ? "" : Time().Replace(told.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), "");

    /// <summary>Prints it; the exit code.</summary>
    public int Write(TextWriter output)
    {
        output.WriteLine($"| {mode} | then | as expected | it says |");
        output.WriteLine("|---|---|---|---|");
        foreach ((string name, string outcome, string told, IReadOnlyList<string> wrong) in _cases)
            output.WriteLine($"| {name} | {outcome} | {(wrong.Count == 0 ? "yes" : "NO: " + string.Join("; ", wrong))} | {told.Replace('|', '/')} |");
        return _cases.Any(c => c.Wrong.Count > 0) ? 1 : 0;
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d ")]
    private static partial Regex Time();
}
