using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Parameters from a checkpoint: the mapped file itself where type and device allow it, otherwise converted slice by
/// slice, the mapped pages let go behind, so that loading holds little beside the weights themselves.
/// </summary>
internal sealed class CheckpointSource(QwenCheckpoint checkpoint, ScalarType type, Device device, QwenModelOptions options) : IParameterSource
{
    public Parameter Take(string name)
    {
        (SafetensorsReader reader, SafetensorsEntry entry) = checkpoint.Tensors[name];
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        bool wraps = options.MapWeights && entry.ElementType == type && device.type == DeviceType.CPU;
        Tensor tensor = wraps ? reader.Map(entry.Name) : reader.Convert(entry.Name, type, device);
        if (options.CheckFinite && !TensorSlices.AreFinite(tensor))
            throw new SafetensorsException(reader.Path, entry.Name, "holds values that are not finite (NaN or infinity)");
        var parameter = new Parameter(tensor, options.Trainable);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
