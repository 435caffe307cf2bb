using Pixelis.Models.Qwen;
using Pixelis.Tensors;

namespace Pixelis.Cli.Models;

/// <summary>What a model folder holds, from its config and the headers of its weight files; no weight is read.</summary>
internal sealed record ModelSummary
{
    public required string Folder { get; init; }

    public required string Architecture { get; init; }

    public required int ContextLength { get; init; }

    public required int VocabularySize { get; init; }

    public required TextSizes Text { get; init; }

    public VisionSizes? Vision { get; init; }

    /// <summary>Numbers in the weight files.</summary>
    public required long Parameters { get; init; }

    /// <summary>Those of the vision tower among them.</summary>
    public required long VisionParameters { get; init; }

    /// <summary>Parameters by the type they are stored in, as the files spell it.</summary>
    public required IReadOnlyDictionary<string, long> StoredTypes { get; init; }

    public required long StoredBytes { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What the weights take in memory, by type.</summary>
    public required IReadOnlyList<TypeMemory> Memory { get; init; }

    public static ModelSummary Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelFormatException(folder, "there is no such folder; expected one with config.json and *.safetensors");
        QwenConfig config = QwenConfig.Load(folder);
        IReadOnlyList<string> files = WeightFiles.In(folder);
        SafetensorsEntry[] entries = [.. files.SelectMany(Entries)];
        long parameters = entries.Sum(entry => entry.ElementCount);
        return new ModelSummary
        {
            Folder = folder,
            Architecture = config.ClassName,
            ContextLength = config.Text.ContextLength,
            VocabularySize = config.Text.VocabularySize,
            Text = TextSizes.Of(config.Text),
            Vision = config.Vision is { } vision ? VisionSizes.Of(vision) : null,
            Parameters = parameters,
            VisionParameters = entries.Where(IsVision).Sum(entry => entry.ElementCount),
            StoredTypes = entries.GroupBy(entry => entry.TypeName).ToDictionary(group => group.Key, group => group.Sum(entry => entry.ElementCount)),
            StoredBytes = entries.Sum(entry => entry.ByteCount),
            Files = [.. files.Select(file => Path.GetFileName(file))],
            Memory = [.. new[] { ("f32", 4), ("bf16", 2), ("f16", 2) }.Select(type => TypeMemory.Of(type.Item1, type.Item2, parameters, config.Text))],
        };
    }

    private static IEnumerable<SafetensorsEntry> Entries(string file)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(file);
        return [.. reader.Entries.Values];
    }

    private static bool IsVision(SafetensorsEntry entry) =>
        entry.Name.StartsWith("visual.", StringComparison.Ordinal) || entry.Name.StartsWith("model.visual.", StringComparison.Ordinal);
}
