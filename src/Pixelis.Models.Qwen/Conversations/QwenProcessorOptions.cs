using Pixelis.Models.Qwen.Chat;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen;

/// <summary>How a <see cref="QwenProcessor"/> renders and resizes.</summary>
public sealed record QwenProcessorOptions
{
    /// <summary>The chat template's choices, for example whether Qwen3 thinks.</summary>
    public ChatTemplateOptions Template { get; init; } = new();

    /// <summary>How images are resized and normalised; null (default) reads the folder's <c>preprocessor_config.json</c>.</summary>
    public QwenImageProcessorOptions? Images { get; init; }
}
