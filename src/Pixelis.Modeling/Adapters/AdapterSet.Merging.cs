using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <content>Merging into the weights and back.</content>
public sealed partial class AdapterSet
{
    /// <summary>
    /// Adds the active adapter's change to the weights, so that inference costs nothing extra. The weights as they were are kept
    /// (this takes their memory once more), so that <see cref="Unmerge"/> brings them back bit for bit: subtracting the change
    /// again would not, least of all in bfloat16.
    /// </summary>
    /// <exception cref="InvalidOperationException">No adapter is active, or one is merged already.</exception>
    /// <exception cref="PixelisException">The sum would hold NaN or infinity; nothing was changed.</exception>
    public void Merge()
    {
        if (Active is not { } name)
            throw new InvalidOperationException("No adapter is active.");
        if (Merged is not null)
            throw new InvalidOperationException($"Adapter '{Merged}' is merged already.");
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        var sums = new Dictionary<string, Tensor>();
        try
        {
            foreach ((string path, LoraLinear layer) in _adapters[name].Layers)
                sums.Add(path, Sum(name, path, layer));
            foreach ((string path, Tensor sum) in sums)
            {
                Projection projection = _projections[path];
                _base.Add(path, projection.Weight.detach().clone().DetachFromDisposeScope());
                projection.Weight.copy_(sum);
                projection.NoteChange();
            }
        }
        finally
        {
            foreach (Tensor sum in sums.Values)
                sum.Dispose();
        }

        Merged = name;
        Apply();
    }

    /// <summary>Puts the weights back to what they were before <see cref="Merge"/>; nothing happens when nothing is merged.</summary>
    public void Unmerge()
    {
        if (Merged is null)
            return;
        using IDisposable noGrad = torch.no_grad();
        foreach ((string path, Tensor weight) in _base)
        {
            _projections[path].Weight.copy_(weight);
            _projections[path].NoteChange();
            weight.Dispose();
        }

        _base.Clear();
        Merged = null;
        Apply();
    }

    private Tensor Sum(string name, string path, LoraLinear layer)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor weight = _projections[path].Weight;
        Tensor sum = (weight.to(ScalarType.Float32) + layer.ToMatrix()).to(weight.dtype);
        if (!TensorSlices.AreFinite(sum))
            throw new PixelisException($"merging adapter '{name}' would make the weight of {path} not finite");
        return sum.DetachFromDisposeScope();
    }
}
