using Pixelis.Models.Qwen;

namespace Pixelis.Cli.Models;

/// <summary>What a model folder holds, as <c>model inspect</c> prints it; the library's inspector reads it, no weight is loaded.</summary>
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

    /// <summary>Bytes by the type they are stored in, as the files spell it.</summary>
    public required IReadOnlyDictionary<string, long> StoredTypes { get; init; }

    public required long StoredBytes { get; init; }

    /// <summary>Number of weight files.</summary>
    public required int Files { get; init; }

    /// <summary>What the weights take in memory, by type.</summary>
    public required IReadOnlyList<TypeMemory> Memory { get; init; }

    /// <exception cref="ModelFormatException">The folder is no model that could be loaded.</exception>
    public static ModelSummary Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelFormatException(folder, "there is no such folder; expected one with config.json and *.safetensors");
        QwenModelSummary found = QwenModelInspector.Inspect(folder);
        return new ModelSummary
        {
            Folder = folder,
            Architecture = found.Config.ClassName,
            ContextLength = found.Config.Text.ContextLength,
            VocabularySize = found.Config.Text.VocabularySize,
            Text = TextSizes.Of(found.Config.Text),
            Vision = found.Config.Vision is { } vision ? VisionSizes.Of(vision) : null,
            Parameters = found.ParameterCount,
            VisionParameters = found.VisionParameters,
            StoredTypes = found.StoredBytes,
            StoredBytes = found.StoredBytes.Values.Sum(),
            Files = found.FileCount,
            Memory = [.. Enum.GetValues<CommandLine.WeightType>().Select(type => TypeMemory.Of(type, found))],
        };
    }
}
