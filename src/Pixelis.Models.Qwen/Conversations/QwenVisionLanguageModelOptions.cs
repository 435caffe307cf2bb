using Pixelis.Generation;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen;

/// <summary>How a model folder becomes something to talk to.</summary>
public sealed record QwenVisionLanguageModelOptions
{
    /// <summary>Data type, device and strictness of the weights; null (default) takes <see cref="QwenModel"/>'s defaults.</summary>
    public QwenModelOptions? Model { get; init; }

    /// <summary>Context length and pass sizes.</summary>
    public GeneratorOptions Generation { get; init; } = new();

    /// <summary>The chat template's choices, for example whether Qwen3 thinks.</summary>
    public ChatTemplateOptions Template { get; init; } = new();

    /// <summary>How images are resized and normalised; null (default) reads the folder's <c>preprocessor_config.json</c>.</summary>
    public QwenImageProcessorOptions? Images { get; init; }

    /// <summary>A name for logs and trajectories; null (default) takes the folder's.</summary>
    public string? Name { get; init; }
}
