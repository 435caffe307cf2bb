using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Intermediate results of the vision tower, for comparing with another implementation.</summary>
internal sealed class VisionTrace : IDisposable
{
    /// <summary>Results by name: <c>patch_embed</c>, <c>rotary_angles</c>, <c>block.N</c> (window order), <c>merger_window_order</c>.</summary>
    public Dictionary<string, Tensor> Tensors { get; } = [];

    public WindowPlan? Plan { get; set; }

    public void Add(string name, Tensor tensor) => Tensors.Add(name, tensor.detach().clone().DetachFromDisposeScope());

    public void Dispose()
    {
        foreach (Tensor tensor in Tensors.Values)
            tensor.Dispose();
    }
}
