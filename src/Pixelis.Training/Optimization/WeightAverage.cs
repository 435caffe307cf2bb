using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>
/// An exponential moving average of parameters. The decay rises to its value over the first steps, as (1 + t) / (10 + t), so that the
/// average does not remember the start.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> _parameters;
    private readonly double _decay;
    private readonly Tensor[] _averages;

    public WeightAverage(IReadOnlyList<(string Name, Parameter Parameter)> parameters, double decay)
    {
        _parameters = parameters;
        _decay = decay;
        using IDisposable noGrad = torch.no_grad();
        _averages = [.. parameters.Select(p => p.Parameter.detach().clone().DetachFromDisposeScope())];
    }

    public void Update(int step)
    {
        using IDisposable noGrad = torch.no_grad();
        double decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        for (int i = 0; i < _averages.Length; i++)
        {
            _averages[i].mul_(decay);
            _averages[i].add_(_parameters[i].Parameter, 1 - decay);
        }
    }

    /// <summary>Puts the averages into the model until the result is disposed.</summary>
    public IDisposable Use()
    {
        Swap();
        return new Ending(this);
    }

    public IEnumerable<(string Name, Tensor Value)> ToTensors() => _parameters.Select((p, i) => (p.Name, _averages[i]));

    public void Load(Func<string, Tensor> read)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        for (int i = 0; i < _averages.Length; i++)
            _averages[i].copy_(read(_parameters[i].Name));
    }

    public void Dispose()
    {
        foreach (Tensor average in _averages)
            average.Dispose();
    }

    private void Swap()
    {
        using IDisposable noGrad = torch.no_grad();
        for (int i = 0; i < _averages.Length; i++)
        {
            using Tensor held = _averages[i].clone();
            _averages[i].copy_(_parameters[i].Parameter);
            _parameters[i].Parameter.copy_(held);
        }
    }

    private sealed class Ending(WeightAverage average) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (!_ended)
                average.Swap();
            _ended = true;
        }
    }
}
