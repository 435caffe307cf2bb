using System.Security.Cryptography;

namespace Pixelis.Data;

/// <summary>The examples of a JSON Lines file as a source: lines are read once, pictures whenever an example is asked for. Thread-safe.</summary>
public sealed class ExampleFile : IExampleSource
{
    private readonly Example[] _examples;
    private readonly string _folder;

    private ExampleFile(string path, Example[] examples)
    {
        Name = Path.GetFileName(path);
        using FileStream stream = File.OpenRead(path);
        Fingerprint = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))} ({examples.Length} examples)";
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _examples = examples;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public long? Count => _examples.Length;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; paths in it are relative to its folder.</param>
    /// <param name="broken">What to do with lines that cannot be read.</param>
    /// <param name="report">Hears of each line that was left out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="PixelisException">A line cannot be read and is not to be skipped, or none is left.</exception>
    public static ExampleFile Open(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Example[] examples = [.. ExampleJsonLines.Read(path, broken, report)];
        return examples.Length > 0 ? new ExampleFile(path, examples) : throw new PixelisException($"{path} holds no example; at least one was expected.");
    }

    /// <inheritdoc />
    public ValueTask<Example> GetAsync(long index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _examples.Length);
        return ValueTask.FromResult(MediaLoader.Load(_examples[index], _folder, cancellationToken));
    }
}
