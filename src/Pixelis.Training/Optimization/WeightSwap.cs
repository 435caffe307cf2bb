using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>Copies of parameters that can trade places with them: values move, the parameters stay the objects an optimizer knows.</summary>
internal sealed class WeightSwap : IDisposable
{
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly Projection[] _projections;
    private readonly Tensor[] _copies;

    public WeightSwap(nn.Module root, IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        _parameters = [.. parameters];
        _projections = [.. root.modules().OfType<Projection>()];
        _copies = [.. _parameters.Select(p => p.Parameter.detach().clone().DetachFromDisposeScope())];
    }

    public IEnumerable<(string Name, Tensor Value)> Copies => _parameters.Select((p, i) => (p.Name, _copies[i]));

    /// <summary>Lets copies and parameters trade values; a second time brings both back bit for bit.</summary>
    public void Swap()
    {
        using IDisposable noGrad = torch.no_grad();
        for (int i = 0; i < _copies.Length; i++)
        {
            using Tensor held = _copies[i].clone();
            _copies[i].copy_(_parameters[i].Parameter);
            _parameters[i].Parameter.copy_(held);
        }

        foreach (Projection projection in _projections)
            projection.NoteChange(); // outputs that were kept belong to other weights now
    }

    public void Dispose()
    {
        foreach (Tensor copy in _copies)
            copy.Dispose();
    }
}
