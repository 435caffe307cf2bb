namespace Pixelis.Modeling;

/// <summary>One adapter of a set: its options and the changes it makes, by path of the layer.</summary>
internal sealed class Adapter(LoraOptions options, SortedDictionary<string, LoraLinear> layers) : IDisposable
{
    public LoraOptions Options { get; } = options;

    public SortedDictionary<string, LoraLinear> Layers { get; } = layers;

    public void Dispose()
    {
        foreach (LoraLinear layer in Layers.Values)
            layer.Dispose();
    }
}
