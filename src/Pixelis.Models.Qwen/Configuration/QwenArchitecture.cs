namespace Pixelis.Models.Qwen;

/// <summary>The model families that are understood.</summary>
public enum QwenArchitecture
{
    /// <summary>Qwen2 and Qwen2.5, text only: biases on q, k and v.</summary>
    Qwen2,

    /// <summary>Qwen3 dense, text only: normalised queries and keys, no biases.</summary>
    Qwen3,

    /// <summary>Qwen2.5-VL: a Qwen2 decoder with a vision tower.</summary>
    Qwen25Vision,
}
