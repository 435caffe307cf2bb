namespace Pixelis.Models.Qwen.Chat;

/// <summary>Choices the published templates offer.</summary>
public sealed record ChatTemplateOptions
{
    /// <summary>Qwen3: whether the model may think before it answers. Default true; false gives it an empty reasoning block. Other formats ignore it.</summary>
    public bool EnableThinking { get; init; } = true;

    /// <summary>Vision: whether each image and video is announced by its number ("Picture 1: "). Default false.</summary>
    public bool NumberVisuals { get; init; }
}
