namespace Pixelis.Models.Qwen.Chat;

/// <summary>The families of Qwen's chat templates.</summary>
public enum ChatFormat
{
    /// <summary>Qwen2.5 text models.</summary>
    Qwen25,

    /// <summary>Qwen2-VL and Qwen2.5-VL: images and videos; tools as Qwen2.5 has them, since the published template knows none.</summary>
    Qwen25Vision,

    /// <summary>Qwen3 text models: a reasoning block that <see cref="ChatTemplateOptions.EnableThinking"/> switches.</summary>
    Qwen3,
}
