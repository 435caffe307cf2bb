using Pixelis.Models.Qwen;

namespace Pixelis.Cli.Models;

/// <summary>Sizes of the vision tower.</summary>
internal sealed record VisionSizes(int HiddenSize, int Blocks, int Heads, int FeedForwardSize, int PatchSize, int MergeSize, int WindowSize)
{
    public static VisionSizes Of(QwenVisionConfig config) => new(
        config.HiddenSize, config.Depth, config.HeadCount, config.IntermediateSize, config.PatchSize, config.MergeSize, config.WindowSize);
}
