using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// The adapters of a model: any number may be held, one at a time is switched on. The model's own parameters keep their
/// names and, except while merged, their values; the first adapter stops them from asking for gradients.
/// Not thread-safe: change nothing during a forward pass.
/// </summary>
public sealed partial class AdapterSet : IDisposable
{
    private readonly nn.Module _root;
    private readonly SortedDictionary<string, Projection> _projections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Adapter> _adapters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _base = new(StringComparer.Ordinal); // weights as they were before a merge
    private int _suspensions;
    private bool _training;

    /// <summary>Makes an empty set for a model.</summary>
    /// <param name="model">Its module tree holds <see cref="Projection"/> layers. Not owned.</param>
    public AdapterSet(ICausalModel model)
        : this(model?.Module ?? throw new ArgumentNullException(nameof(model)))
    {
    }

    /// <summary>Makes an empty set for a module tree. Not owned.</summary>
    public AdapterSet(nn.Module root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _root = root;
        foreach ((string name, nn.Module module) in root.named_modules())
        {
            if (module is Projection projection)
                _projections.Add(name, projection);
        }
    }

    /// <summary>Names of the adapters held.</summary>
    public IReadOnlyCollection<string> Names => _adapters.Keys;

    /// <summary>The adapter that is switched on, or null.</summary>
    public string? Active { get; private set; }

    /// <summary>The adapter that is merged into the weights, or null.</summary>
    public string? Merged { get; private set; }

    /// <summary>Whether adapters are switched off for a while; see <see cref="Suspend"/>.</summary>
    public bool IsSuspended => _suspensions > 0;

    /// <summary>Whether adapters drop inputs, as they do while training. Default false.</summary>
    public bool Training
    {
        get => _training;
        set
        {
            _training = value;
            foreach (LoraLinear layer in _adapters.Values.SelectMany(adapter => adapter.Layers.Values))
                layer.Training = value;
        }
    }

    /// <summary>Adds a fresh adapter, whose change is zero, and switches it on.</summary>
    /// <param name="name">Its name in this set.</param>
    /// <param name="options">What to adapt.</param>
    /// <param name="seed">Seed of the matrices A.</param>
    /// <exception cref="PixelisException">The targets hit no layer.</exception>
    public void Add(string name, LoraOptions options, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rank, 1);
        RequireFree(name);
        string[] paths = [.. _projections.Keys.Where(options.Adapts)];
        if (paths.Length == 0)
            throw new PixelisException($"the targets of adapter '{name}' hit none of the model's {_projections.Count} linear layers");
        var layers = new SortedDictionary<string, LoraLinear>(StringComparer.Ordinal);
        using var generator = new Generator((ulong)seed, torch.CPU);
        foreach (string path in paths)
            layers.Add(path, Fresh(_projections[path].Weight, options, path, generator));
        Take(name, new Adapter(options, layers));
    }

    /// <summary>Switches an adapter on, or all of them off with null.</summary>
    public void Activate(string? name)
    {
        if (name is not null)
            _ = Find(name);
        if (Merged is not null && Merged != name)
            throw new InvalidOperationException($"Adapter '{Merged}' is merged into the weights; unmerge it first.");
        Active = name;
        Apply();
    }

    /// <summary>Switches adapters off until the result is disposed: the model as it was, for example as a reference policy.</summary>
    public IDisposable Suspend()
    {
        if (Merged is not null)
            throw new InvalidOperationException($"Adapter '{Merged}' is merged into the weights; unmerge it first.");
        _suspensions++;
        Apply();
        return new Suspension(this);
    }

    /// <summary>Adds a frozen copy of an adapter as it is now, switched off: an anchor that stays where it is while the adapter is trained.</summary>
    /// <param name="name">The adapter.</param>
    /// <param name="copy">The copy's name in this set. Its matrices ask for no gradients.</param>
    public void Copy(string name, string copy)
    {
        Adapter adapter = Find(name);
        RequireFree(copy);
        var layers = new SortedDictionary<string, LoraLinear>(StringComparer.Ordinal);
        foreach ((string path, LoraLinear layer) in adapter.Layers)
            layers.Add(path, new LoraLinear(Frozen(layer.A), Frozen(layer.B), layer.Scale, layer.Dropout) { Training = _training });
        _adapters.Add(copy, new Adapter(adapter.Options, layers));
    }

    /// <summary>Forgets an adapter and frees it.</summary>
    public void Remove(string name)
    {
        Adapter adapter = Find(name);
        if (Merged == name)
            throw new InvalidOperationException($"Adapter '{name}' is merged into the weights; unmerge it first.");
        if (Active == name)
            Activate(null);
        _adapters.Remove(name);
        adapter.Dispose();
    }

    /// <summary>The matrices of an adapter: what an optimizer is given. Names as in PEFT files, without <c>base_model.model.</c></summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters(string name)
    {
        foreach ((string path, LoraLinear layer) in Find(name).Layers)
        {
            yield return (path + ".lora_A.weight", layer.A);
            yield return (path + ".lora_B.weight", layer.B);
        }
    }

    /// <summary>The layers an adapter changes, by path.</summary>
    public IReadOnlyDictionary<string, LoraLinear> Layers(string name) => Find(name).Layers;

    /// <summary>The options of an adapter.</summary>
    public LoraOptions OptionsOf(string name) => Find(name).Options;

    /// <summary>Takes all adapters off the model, a merged one included, and frees them.</summary>
    public void Dispose()
    {
        Unmerge();
        Activate(null);
        foreach (Adapter adapter in _adapters.Values)
            adapter.Dispose();
        _adapters.Clear();
    }

    private static LoraLinear Fresh(Parameter weight, LoraOptions options, string path, Generator generator)
    {
        int rank = options.RankOf(path);
        long inputs = weight.shape[1];
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        // Kaiming-uniform with a = √5, as in PEFT, comes to a uniform distribution within ±1/√in.
        double bound = 1 / Math.Sqrt(inputs);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor a = (torch.rand([rank, inputs], dtype: ScalarType.Float32, generator: generator) * (2 * bound)) - bound;
        Tensor zero = torch.zeros([weight.shape[0], rank], dtype: options.DataType, device: weight.device);
        return new LoraLinear(Own(a.to(options.DataType, weight.device, copy: true)), Own(zero), options.ScaleOf(path), options.Dropout);
    }

    private static Parameter Own(Tensor tensor)
    {
        var parameter = new Parameter(tensor, requires_grad: true);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    private static Parameter Frozen(Parameter parameter)
    {
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        using Tensor values = parameter.detach();
        Parameter copy = Own(values.clone());
        copy.requires_grad = false;
        return copy;
    }

    private Adapter Find(string name) =>
        _adapters.TryGetValue(name, out Adapter? adapter)
            ? adapter
            : throw new ArgumentException($"There is no adapter '{name}'; the set holds {(_adapters.Count == 0 ? "none" : string.Join(", ", _adapters.Keys))}.", nameof(name));

    private void RequireFree(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_adapters.ContainsKey(name))
            throw new ArgumentException($"There is an adapter '{name}' already.", nameof(name));
        if (Merged is not null)
            throw new InvalidOperationException($"Adapter '{Merged}' is merged into the weights; unmerge it first.");
    }

    private void Take(string name, Adapter adapter)
    {
        foreach (Parameter parameter in _root.parameters())
            parameter.requires_grad = false;
        foreach (LoraLinear layer in adapter.Layers.Values)
            layer.Training = _training;
        _adapters.Add(name, adapter);
        Activate(name);
    }

    private void Apply()
    {
        Adapter? on = Active is not null && Merged is null && _suspensions == 0 ? _adapters[Active] : null;
        foreach ((string path, Projection projection) in _projections)
            projection.Delta = on?.Layers.GetValueOrDefault(path);
    }

    private sealed class Suspension(AdapterSet set) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            set._suspensions--;
            set.Apply();
        }
    }
}
