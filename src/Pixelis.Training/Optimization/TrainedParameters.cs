using System.Text.RegularExpressions;
using Pixelis.Modeling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>The parameters that a run changes, in a fixed order, with their names; and the optimizer over them.</summary>
internal sealed class TrainedParameters
{
    private TrainedParameters(IReadOnlyList<(string Name, Parameter Parameter)> all, long frozen)
    {
        All = all;
        FrozenCount = frozen;
    }

    public IReadOnlyList<(string Name, Parameter Parameter)> All { get; }

    /// <summary>Elements of parameters that stay as they are.</summary>
    public long FrozenCount { get; }

    public long Count => All.Sum(p => p.Parameter.numel());

    /// <summary>Chooses: an adapter's matrices when there are adapters, else all that is not frozen. Sets which ask for gradients.</summary>
    /// <exception cref="PixelisException">Nothing is left to train, or the adapter set has no active adapter.</exception>
    public static TrainedParameters Of(ICausalModel model, AdapterSet? adapters, OptimizationOptions options)
    {
        Regex? frozen = OptimizationOptions.Pattern(options.Frozen, nameof(options.Frozen));
        if (adapters is not null && adapters.Active is null)
            throw new PixelisException("The adapter set has no active adapter; add or activate one before training.");
        IEnumerable<(string Name, Parameter Parameter)> candidates = adapters is not null
            ? adapters.NamedParameters(adapters.Active!)
            : model.Module.named_parameters().Select(p => (p.name, p.parameter));
        var trained = new List<(string, Parameter)>();
        long frozenCount = adapters is null ? 0 : model.Module.parameters().Sum(p => p.numel());
        foreach ((string name, Parameter parameter) in candidates.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            bool trains = frozen?.IsMatch(name) != true;
            parameter.requires_grad = trains;
            if (trains)
                trained.Add((name, parameter));
            else
                frozenCount += parameter.numel();
        }

        if (trained.Count == 0)
            throw new PixelisException($"Nothing is left to train: the pattern '{options.Frozen}' freezes every parameter.");
        return new TrainedParameters(trained, frozenCount);
    }

    /// <summary>AdamW with a group for each pair of weight decay and learning rate factor.</summary>
    public TrainedOptimizer CreateOptimizer(OptimizationOptions options)
    {
        Regex? plain = OptimizationOptions.Pattern(options.NoWeightDecay, nameof(options.NoWeightDecay));
        (Regex, double)[] factors = [.. options.LearningRateFactors.Select(f => (OptimizationOptions.Pattern(f.Key, "")!, f.Value))];
        var groups = new List<(AdamW.ParamGroup Group, double Factor)>();
        foreach (var group in All.GroupBy(p => (Decay: Decay(p), Factor: Factor(p.Name))))
        {
            var settings = new AdamW.Options { weight_decay = group.Key.Decay, LearningRate = options.LearningRate * group.Key.Factor };
            groups.Add((new AdamW.ParamGroup { Parameters = group.Select(p => p.Parameter).ToList(), Options = settings }, group.Key.Factor));
        }

        AdamW adam = optim.AdamW(groups.Select(g => g.Group), options.LearningRate, options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay);
        string[] names = [.. All.GroupBy(p => (Decay(p), Factor(p.Name))).SelectMany(g => g).Select(p => p.Name)];
        return new TrainedOptimizer(adam, names, [.. groups.Select(g => g.Factor)]);

        double Decay((string Name, Parameter Parameter) p) =>
            p.Parameter.dim() < 2 || plain?.IsMatch(p.Name) == true ? 0 : options.WeightDecay;
        double Factor(string name) => factors.Where(f => f.Item1.IsMatch(name)).Select(f => (double?)f.Item2).FirstOrDefault() ?? 1;
    }
}
