using System.Globalization;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Versions;

/// <summary>Versions for people.</summary>
internal static class VersionText
{
    private const int LongestText = 100;

    public static string Line(VersionDocument version)
    {
        var facts = new List<string> { version.Id, version.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), version.Parent is { } parent ? $"of {parent}" : "the first" };
        if (version.Notes.TryGetValue("made_by", out string? by) && version.Parent is not null)
            facts.Add($"by {TerminalText.Clean(by)}");
        facts.Add($"{version.Experiences} experiences");
        Add("updates", "0", " updates");
        Add("kl", "0.000", " nats a token");
        Add("canary.accuracy", "P1", " on the canary");
        return string.Join("  ", facts);

        void Add(string name, string format, string unit)
        {
            if (version.Metrics.TryGetValue(name, out double value))
                facts.Add(value.ToString(format, CultureInfo.InvariantCulture) + unit);
        }
    }

    public static void Write(TextWriter output, OriginDocument origin, bool hasExperiences)
    {
        output.WriteLine($"{Line(origin.Version)}{(origin.Version.Serving ? "  (serves)" : "")}");
        output.WriteLine(origin.Experiences.Count == 0 ? "It learnt nothing: it is what learning began with." : "Experiences that made it:");
        foreach (LearntDocument learnt in origin.Experiences)
            output.WriteLine(learnt.Question is null ? $"  {learnt.Id,8}  {(hasExperiences ? "gone: erased or evicted" : "the store of experiences is not here")}" : $"  {learnt.Id,8}  {About(learnt)}");
        if (origin.Ancestors.Count > 0)
            output.WriteLine($"It descends from {string.Join(", ", origin.Ancestors)}.");
    }

    private static string About(LearntDocument learnt) => string.Create(
        CultureInfo.InvariantCulture, $"{Short(learnt.Tenant)}  {Short(learnt.Question)}  -> {Short(learnt.Label)} ({learnt.LabelSource}, {learnt.Confidence:0.00})");

    private static string Short(string? text)
    {
        string line = string.Join(' ', TerminalText.Clean(text ?? "-").Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : line[..LongestText] + "...";
    }
}
