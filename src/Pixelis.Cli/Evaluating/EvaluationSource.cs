using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Evaluation;

namespace Pixelis.Cli.Evaluating;

/// <summary>What <c>--data</c> names.</summary>
internal static class EvaluationSource
{
    private const string Generated = "pixelbench";
    private const int DefaultScenes = 300;

    /// <exception cref="UsageException">A split or family is unknown, or an option has no meaning here.</exception>
    /// <exception cref="PixelisException">The file cannot be used.</exception>
    public static EvaluationData Open(EvaluationChoice choice)
    {
        if (choice.Limit is < 1)
            throw new UsageException($"--limit must be at least 1, not {choice.Limit}.");
        if (choice.Data == Generated || choice.Data.StartsWith(Generated + ":", StringComparison.Ordinal))
        {
            PixelBenchFamily[] families = [.. choice.Families.Select(Family)];
            var options = new PixelBenchOptions { Split = Split(choice.Data), Shift = choice.Shift };
            return EvaluationData.PixelBench(families.Length == 0 ? options : options with { Families = families }, choice.Limit ?? DefaultScenes);
        }
        if (choice.Shift != PixelBenchShift.None)
            throw new UsageException("--shifted and --shift have no meaning for a file: they are variants of PixelBench.");
        if (!File.Exists(choice.Data))
            throw new PixelisException($"{choice.Data}: there is no such file; --data names a JSON Lines file of examples, or {Generated}:test.");
        return EvaluationData.FromFile(choice.Data, [.. choice.Families], choice.Limit, choice.SkipsBroken ? BrokenLines.Skip : BrokenLines.Refuse);
    }

    private static PixelBenchSplit Split(string data)
    {
        string name = data.Length > Generated.Length ? data[(Generated.Length + 1)..] : "test";
        return Named<PixelBenchSplit>(name, "split");
    }

    private static PixelBenchFamily Family(string name) => Named<PixelBenchFamily>(name, "family");

    private static T Named<T>(string name, string kind)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found)
            : throw new UsageException($"There is no {kind} '{name}'; choose of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
}
