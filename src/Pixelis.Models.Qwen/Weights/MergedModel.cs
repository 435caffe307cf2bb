using Pixelis.Modeling;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Makes a model folder of a model and a LoRA adapter: what was trained as an adapter, to be loaded by whatever loads models.</summary>
public static class MergedModel
{
    /// <summary>
    /// Writes the folder: the sums <c>W + scale B A</c>, worked out in float32, and the files beside the model's weights. It is written beside its target and
    /// renamed into place, so that a cancelled or failed run leaves nothing.
    /// </summary>
    /// <param name="folder">Where it shall appear; must not exist, or be empty.</param>
    /// <param name="model">The folder of the model that the adapter was trained on.</param>
    /// <param name="adapter">The adapter's folder, in PEFT's form.</param>
    /// <param name="type">Type to store the weights in; null (default) for the model's own, which rounds a small change in bfloat16.</param>
    /// <param name="cancellationToken">Checked between loading, merging and writing.</param>
    /// <exception cref="ModelFormatException">Model or adapter cannot be used as they are, or do not fit each other.</exception>
    /// <exception cref="PixelisException">The folder exists and is not empty, or a sum would not be finite.</exception>
    public static void Write(string folder, string model, string adapter, ScalarType? type = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(adapter);
        QwenModelFolder.Create(folder, draft =>
        {
            using QwenModel weights = QwenModel.FromPretrained(model, new QwenModelOptions { DataType = type, Trainable = false });
            cancellationToken.ThrowIfCancellationRequested();
            using var adapters = new AdapterSet(weights);
            adapters.Load(adapter);
            adapters.Merge();
            cancellationToken.ThrowIfCancellationRequested();
            QwenModelFolder.CopySettings(model, draft);
            weights.SavePretrained(draft);
        });
    }
}
