using System.Security.Cryptography;
using System.Text;

namespace Pixelis.Evaluation;

/// <summary>Tells models apart by what is in their folder.</summary>
public static class ModelFingerprint
{
    /// <summary>SHA-256 of all files (not of subfolders) that decide what a model says: weights, settings, tokenizer; in the order of their names.</summary>
    /// <param name="folder">A model folder.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static string Of(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (string file in Directory.GetFiles(folder).Where(Counts).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\0"));
            using FileStream stream = File.OpenRead(file);
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool Counts(string file) => Path.GetExtension(file) is ".json" or ".safetensors" or ".bin" or ".txt" or ".jinja";
}
