using System.Security.Cryptography;
using System.Text;

namespace Pixelis.Serving.Access;

/// <summary>The keys that open the server, as hashes. How long a comparison takes says nothing about them.</summary>
internal sealed class ApiKeyRing(ServingSettings settings)
{
    public const int LeastLength = 16;

    private const int MostLength = 512;
    private readonly byte[][] _hashes = [.. settings.Options.ApiKeys.Select(Hash)];

    public bool IsEmpty => _hashes.Length == 0;

    public static bool IsKey(string? text) => text is { Length: >= LeastLength and <= MostLength } && text.All(c => c is > ' ' and < '\x7f');

    /// <summary>Number of the key that an Authorization header holds, from 0; -1 for none.</summary>
    public int Find(string? header)
    {
        const string Scheme = "Bearer ";
        if (header is null || header.Length > MostLength + Scheme.Length || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return -1;
        byte[] given = Hash(header[Scheme.Length..].Trim());
        int found = -1;
        for (int i = 0; i < _hashes.Length; i++) // all of them, whichever fits
            found = CryptographicOperations.FixedTimeEquals(_hashes[i], given) ? i : found;
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
