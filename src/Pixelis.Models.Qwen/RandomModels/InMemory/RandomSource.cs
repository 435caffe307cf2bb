using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Draws weights by name. Every tensor has a generator of its own, so that order and sharding change nothing.</summary>
internal sealed class RandomSource : IDisposable
{
    private readonly Dictionary<string, (WeightSpec Spec, int Index)> _specs;
    private readonly RandomWeightsOptions _options;
    private readonly ScalarType _type;
    private readonly Generator _generator;

    public RandomSource(QwenConfig config, RandomWeightsOptions options, ScalarType type)
    {
        _specs = QwenWeightMap.Of(config).Select((spec, index) => (spec, index)).ToDictionary(pair => pair.spec.Name, pair => pair);
        _options = options;
        _type = type;
        _generator = new Generator((ulong)options.Seed, torch.CPU);
    }

    public Tensor Draw(string name) => Draw(_specs[name].Spec);

    /// <summary>Matrices are normal, norms 1, biases small and normal; the result belongs to the caller's dispose scope.</summary>
    public Tensor Draw(WeightSpec spec)
    {
        using IDisposable noGrad = torch.no_grad();
        if (spec.Kind == WeightKind.Norm)
            return torch.ones(spec.Shape, dtype: _type);
        _generator.manual_seed(unchecked((_options.Seed * 1_000_003) + _specs[spec.Name].Index));
        using Tensor unit = torch.randn(spec.Shape, dtype: ScalarType.Float32, generator: _generator);
        unit.mul_(_options.StandardDeviation);
        return unit.to(_type, copy: true);
    }

    public void Dispose() => _generator.Dispose();
}
