using Pixelis.Models.Qwen;
using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>Models that learn, or hold what was learnt: f32.</summary>
internal static class LearningModel
{
    /// <summary>Loads one.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="isFrozen">Whether its weights stay as they are, beneath an adapter: then they stay in the mapped file.</param>
    /// <param name="device">Null for the processor.</param>
    public static QwenVisionLanguageModel Load(string folder, bool isFrozen = false, Device? device = null) => QwenVisionLanguageModel.FromPretrained(
        folder, new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { DataType = ScalarType.Float32, MapWeights = isFrozen, Device = device } });

    /// <summary>Makes instances with weights of their own where whole weights learn; null where an adapter does, and all share the weights beneath it.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="loraRank">The adapter's rank; 0 for whole weights.</param>
    /// <param name="device">Null for the processor.</param>
    public static Func<QwenVisionLanguageModel>? WholeInstances(string folder, int loraRank, Device? device = null) =>
        loraRank > 0 ? null : () => Load(folder, device: device);
}
