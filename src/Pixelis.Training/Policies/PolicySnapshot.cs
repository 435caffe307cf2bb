using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>What a <see cref="TrainedPolicy"/> was at a moment: weights, optimizer state and average, copied. Dispose it to free the copies.</summary>
internal sealed class PolicySnapshot : IDisposable
{
    private readonly Tensor[] _parameters;
    private readonly Dictionary<string, Tensor> _optimizer;
    private readonly Dictionary<string, Tensor> _average;

    private PolicySnapshot(Tensor[] parameters, Dictionary<string, Tensor> optimizer, Dictionary<string, Tensor> average) =>
        (_parameters, _optimizer, _average) = (parameters, optimizer, average);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor copy in _parameters.Concat(_optimizer.Values).Concat(_average.Values))
            copy.Dispose();
    }

    internal static PolicySnapshot Of(TrainedPolicy policy)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return new PolicySnapshot(
            [.. policy.Parameters.All.Select(p => Copy(p.Parameter))],
            policy.Optimizer.ToTensors().ToDictionary(t => t.Key, t => Copy(t.Value)),
            policy.Average?.ToTensors().ToDictionary(t => t.Name, t => Copy(t.Value)) ?? []);
    }

    internal void Restore(TrainedPolicy policy)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (((_, Tensor parameter), Tensor copy) in policy.Parameters.All.Select(p => (p.Name, (Tensor)p.Parameter)).Zip(_parameters))
            parameter.copy_(copy);
        policy.Optimizer.Load(name => _optimizer[name]);
        policy.Average?.Load(name => _average[name]);
        policy.Weights.NoteChange();
    }

    private static Tensor Copy(Tensor tensor) => tensor.detach().clone().DetachFromDisposeScope();
}
