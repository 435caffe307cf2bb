using Pixelis.Models.Qwen;

namespace Pixelis.Cli.Models;

/// <summary>Sizes of the language model.</summary>
internal sealed record TextSizes(int HiddenSize, int Layers, int Heads, int KeyValueHeads, int HeadSize, int FeedForwardSize, bool TiedHead)
{
    public static TextSizes Of(QwenTextConfig config) => new(
        config.HiddenSize, config.LayerCount, config.HeadCount, config.KeyValueHeadCount, config.HeadSize, config.IntermediateSize, config.TiesEmbeddings);
}
