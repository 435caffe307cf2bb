using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Children of one kind, named by their index.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed class ModuleSequence<T> : NamedModule
    where T : nn.Module
{
    private readonly List<T> _items = [];

    /// <summary>Makes a sequence; it owns the modules.</summary>
    public ModuleSequence(IEnumerable<T> items)
        : base(nameof(ModuleSequence<T>))
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (T item in items)
            _items.Add(Register(_items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), item));
    }

    /// <summary>The modules in order.</summary>
    public IReadOnlyList<T> Items => _items;
}
