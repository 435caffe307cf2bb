using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>What a model folder's config.json says, with the defaults of the model's class filled in.</summary>
public sealed record QwenConfig
{
    /// <summary>The family.</summary>
    public required QwenArchitecture Architecture { get; init; }

    /// <summary>The language model.</summary>
    public required QwenTextConfig Text { get; init; }

    /// <summary>The vision tower, or null for a text model.</summary>
    public QwenVisionConfig? Vision { get; init; }

    /// <summary>Type the weights are meant to be used in, or null when the file does not say.</summary>
    public ScalarType? DataType { get; init; }

    /// <summary>Token before a picture.</summary>
    public int VisionStartTokenId { get; init; } = 151652;

    /// <summary>Token after a picture.</summary>
    public int VisionEndTokenId { get; init; } = 151653;

    /// <summary>Placeholder of an image feature.</summary>
    public int ImageTokenId { get; init; } = 151655;

    /// <summary>Placeholder of a video feature.</summary>
    public int VideoTokenId { get; init; } = 151656;

    /// <summary>Tokens that end a turn, from generation_config.json where it has them.</summary>
    public IReadOnlyList<int> EndOfTurnTokenIds { get; init; } = [];

    /// <summary>Token for padding; the first end token where the file names none.</summary>
    public int PaddingTokenId { get; init; }

    /// <summary>The class name that config.json carries under <c>architectures</c>.</summary>
    public string ClassName => Architecture switch
    {
        QwenArchitecture.Qwen2 => "Qwen2ForCausalLM",
        QwenArchitecture.Qwen3 => "Qwen3ForCausalLM",
        _ => "Qwen2_5_VLForConditionalGeneration",
    };

    /// <summary>Reads config.json (and generation_config.json, where there is one) of a model folder.</summary>
    /// <exception cref="ModelFormatException">A file is missing, is not JSON, names an unknown architecture, or holds a value that cannot be used.</exception>
    public static QwenConfig Load(string folder) => QwenConfigReader.Load(folder);
}
