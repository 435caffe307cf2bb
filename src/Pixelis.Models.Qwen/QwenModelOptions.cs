using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>How a model folder is loaded.</summary>
public sealed record QwenModelOptions
{
    /// <summary>
    /// Type to hold weights and compute in. Default null: what config.json says, else the type of the weights; except that
    /// float16 becomes float32 on the CPU, which has no float16 matrix products.
    /// </summary>
    public ScalarType? DataType { get; init; }

    /// <summary>Where to hold the weights. Default null: the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>Whether tensors that are not part of the model are an error. Default true. Missing tensors always are.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Whether to read every weight and refuse a model with NaN or infinity. Default false; it reads the whole file.</summary>
    public bool CheckFinite { get; init; }

    /// <summary>
    /// Whether weights whose type needs no conversion stay in the memory-mapped file instead of being copied. Default true.
    /// Writing to such a weight copies the page it is on and never changes the file.
    /// </summary>
    public bool MapWeights { get; init; } = true;

    /// <summary>Whether the parameters ask for gradients. Default true, as in PyTorch; adapters switch it off.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>
    /// Most bytes of the vision tower's output to remember, so that a picture shown again (several questions about it, several completions)
    /// is not looked at again. Default 256 MiB; 0 remembers nothing. Used without gradients only. A picture of 1,280 merged patches takes
    /// 9 MB in the 7B model at bfloat16.
    /// </summary>
    public long VisionMemoryBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Whether the seconds that a temporal patch of a video covers are cut to a whole number before they are multiplied. Default
    /// false: the float form of releases up to spring 2025; later releases of the reference cut.
    /// </summary>
    public bool IntegerSecondsPerGrid { get; init; }
}
