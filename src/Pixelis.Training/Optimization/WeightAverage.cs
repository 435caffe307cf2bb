using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>
/// An exponential moving average of parameters. The decay rises to its value over the first steps, as (1 + t) / (10 + t), so that the
/// average does not remember the start.
/// </summary>
internal sealed class WeightAverage(nn.Module root, IReadOnlyList<(string Name, Parameter Parameter)> parameters, double decay) : IDisposable
{
    private readonly WeightSwap _averages = new(root, parameters);

    public void Update(int step) => Mix(Math.Min(decay, (1.0 + step) / (10.0 + step)));

    /// <summary>Moves the averages towards the parameters, of which they take <c>1 - held</c>.</summary>
    public void Mix(double held)
    {
        using IDisposable noGrad = torch.no_grad();
        foreach (((_, Tensor average), (_, Parameter parameter)) in ToTensors().Zip(parameters))
        {
            average.mul_(held);
            average.add_(parameter, 1 - held);
        }
    }

    /// <summary>Puts the averages into the model until the result is disposed.</summary>
    public IDisposable Use()
    {
        _averages.Swap();
        return new Ending(_averages);
    }

    public IEnumerable<(string Name, Tensor Value)> ToTensors() => _averages.Copies;

    /// <summary>Makes the averages what the parameters are now.</summary>
    public void Reset()
    {
        using IDisposable noGrad = torch.no_grad();
        foreach (((_, Tensor average), (_, Parameter parameter)) in ToTensors().Zip(parameters))
            average.copy_(parameter);
    }

    /// <summary>Makes the parameters what the averages are now.</summary>
    public void CopyToParameters()
    {
        using IDisposable noGrad = torch.no_grad();
        foreach (((_, Tensor average), (_, Parameter parameter)) in ToTensors().Zip(parameters))
            parameter.copy_(average);
    }

    public void Load(Func<string, Tensor> read)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach ((string name, Tensor average) in ToTensors())
            average.copy_(read(name));
    }

    public void Dispose() => _averages.Dispose();

    private sealed class Ending(WeightSwap averages) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (!_ended)
                averages.Swap();
            _ended = true;
        }
    }
}
