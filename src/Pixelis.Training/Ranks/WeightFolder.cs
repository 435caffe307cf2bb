using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>The tensors of a folder's safetensors files by name, whatever files they are in. Dispose it.</summary>
public sealed class WeightFolder : IDisposable
{
    private readonly List<SafetensorsReader> _readers = [];
    private readonly Dictionary<string, SafetensorsReader> _owners = new(StringComparer.Ordinal);

    /// <summary>Opens every safetensors file of a folder.</summary>
    /// <exception cref="ModelFormatException">The folder is missing or holds none, a file is damaged, or a tensor is in two files.</exception>
    public WeightFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors") : [];
        if (files.Length == 0)
            throw new ModelFormatException(folder, "no safetensors files; a model folder was expected");
        try
        {
            foreach (string file in files.Order(StringComparer.Ordinal))
                Add(file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Names of the tensors.</summary>
    public IReadOnlyCollection<string> Names => _owners.Keys;

    /// <summary>Reads a tensor, into the dispose scope of the caller.</summary>
    public Tensor Read(string name) => _owners[name].Read(name);

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (SafetensorsReader reader in _readers)
            reader.Dispose();
    }

    private void Add(string file)
    {
        SafetensorsReader reader = SafetensorsReader.Open(file);
        _readers.Add(reader);
        foreach (string name in reader.Entries.Keys)
        {
            if (!_owners.TryAdd(name, reader))
                throw new ModelFormatException(file, $"tensor {name} is in {_owners[name].Path} too");
        }
    }
}
