using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>Keys and values of the tokens a model has read: preallocated, one pair of tensors a layer.</summary>
public sealed class KeyValueCache : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
    }
}
