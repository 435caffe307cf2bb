using System.Globalization;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.Processing;
using Pixelis.Training;

namespace Pixelis.Cli.Training;

/// <summary>What <c>--data</c> names: a file of traces, or scenes that are made while training.</summary>
internal static class TrainingData
{
    private const string Generated = "pixelbench";

    /// <summary>Opens it.</summary>
    public static IExampleStream Open(SftSettings settings, QwenProcessor processor, TextWriter error)
    {
        if (IsGenerated(settings.Data))
            return new PixelBenchExamples([Scenes(settings.Data, PixelBenchSplit.Train)], BudgetOf(processor));
        return TraceExamples.Load(settings.Data, settings.Options.Seed, settings.SkipsBrokenLines ? BrokenLines.Skip : BrokenLines.Refuse, e => error.WriteLine($"pixelis: {e.Message}"));
    }

    /// <summary>Opens prompts: scenes that are made when they are asked about, or a file of examples.</summary>
    public static IExampleSource Prompts(RftSettings settings, TextWriter error)
    {
        if (IsGenerated(settings.Data))
            return new PixelBenchGenerator(Scenes(settings.Data, PixelBenchSplit.Train));
        if (!File.Exists(settings.Data))
            throw new PixelisException($"{settings.Data}: there is no such file; JSON Lines of examples were expected, or {Generated}[:FAMILY,...][@DIFFICULTY,...].");
        return ExampleFile.Open(settings.Data, settings.SkipsBrokenLines ? BrokenLines.Skip : BrokenLines.Refuse, e => error.WriteLine($"pixelis: {e.Message}"));
    }

    private static bool IsGenerated(string data) =>
        data == Generated || data.StartsWith(Generated + ":", StringComparison.Ordinal) || data.StartsWith(Generated + "@", StringComparison.Ordinal);

    /// <summary>Reads held-out traces.</summary>
    public static IReadOnlyList<SftExample> Held(string? file)
    {
        if (file is null)
            return [];
        if (!File.Exists(file))
            throw new PixelisException($"{file}: there is no such file; JSON Lines of traces were expected.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return [.. TraceJsonLines.Read(file).Select(t => TraceExamples.Of(TraceMedia.Load(t, folder)))];
    }

    /// <summary>Scenes as <c>pixelbench[:FAMILY,...][@DIFFICULTY,...]</c> names them.</summary>
    public static PixelBenchOptions Scenes(string name, PixelBenchSplit split)
    {
        string rest = name.StartsWith(Generated, StringComparison.Ordinal) ? name[Generated.Length..] : "";
        string[] parts = rest.Split('@', 2);
        var options = new PixelBenchOptions { Split = split };
        if (parts[0].Length > 1)
            options = options with { Families = [.. parts[0][1..].Split(',').Select(Family)] };
        if (parts.Length > 1)
            options = options with { Difficulties = [.. parts[1].Split(',').Select(Difficulty)] };
        return options;
    }

    /// <summary>The view that the model's processor gives it.</summary>
    private static SeenBudget BudgetOf(QwenProcessor processor)
    {
        QwenImageProcessorOptions images = processor.Images?.Options
            ?? throw new PixelisException($"{processor.Name} reads text only; PixelBench needs a model that sees images.");
        return new SeenBudget { MinPixels = images.MinPixels, MaxPixels = images.MaxPixels, MaxFramePixels = Math.Min(images.MaxPixels, new SeenBudget().MaxFramePixels), Factor = images.Factor };
    }

    private static PixelBenchFamily Family(string name) =>
        Enum.TryParse(name, ignoreCase: true, out PixelBenchFamily family) && Enum.IsDefined(family) && !char.IsDigit(name[0])
            ? family
            : throw new UsageException($"There is no family '{name}'; choose of {string.Join(", ", Enum.GetNames<PixelBenchFamily>()).ToLowerInvariant()}.");

    private static int Difficulty(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is >= 1 and <= 3
            ? value
            : throw new UsageException($"'{text}' is no difficulty; 1, 2 or 3 was expected.");
}
