using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Parameters from a checkpoint: the mapped file itself where type and device allow it, otherwise converted one at a time,
/// after which the mapped pages are let go, so that loading never holds two copies of more than one tensor.
/// </summary>
internal sealed class CheckpointSource(QwenCheckpoint checkpoint, ScalarType type, Device device, QwenModelOptions options) : IParameterSource
{
    public Parameter Take(string name)
    {
        (SafetensorsReader reader, SafetensorsEntry entry) = checkpoint.Tensors[name];
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor mapped = reader.Map(entry.Name);
        bool wraps = options.MapWeights && mapped.dtype == type && device.type == DeviceType.CPU;
        Tensor tensor = mapped;
        if (!wraps)
        {
            tensor = mapped.to(type, device, copy: true);
            reader.Release(entry.Name);
        }

        if (options.CheckFinite && !tensor.isfinite().all().item<bool>())
            throw new SafetensorsException(reader.Path, entry.Name, "holds values that are not finite (NaN or infinity)");
        var parameter = new Parameter(tensor, options.Trainable);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
