using System.Security.Cryptography;
using System.Text;

namespace Pixelis.Serving.Access;

/// <summary>The keys that open the server, as hashes. How long a comparison takes says nothing about them.</summary>
internal sealed class ApiKeyRing(ServingSettings settings)
{
    public const int LeastLength = 16;

    private const int MostLength = 512;
    private readonly byte[][] _hashes = [.. settings.Options.AdminKeys.Concat(settings.Options.ApiKeys).Select(Hash)];
    private readonly int _admins = settings.Options.AdminKeys.Count;

    public bool IsEmpty => _hashes.Length == 0;

    public static bool IsKey(string? text) => text is { Length: >= LeastLength and <= MostLength } && text.All(c => c is > ' ' and < '\x7f');

    /// <summary>Whether a key opens what tells of others' questions, too.</summary>
    /// <param name="key">Its number.</param>
    public bool OpensAll(int key) => _admins == 0 || key < _admins;

    /// <summary>Number of the key that an Authorization header holds, from 0; -1 for none.</summary>
    public int Find(string? header)
    {
        const string Scheme = "Bearer ";
        if (header is null || header.Length > MostLength + Scheme.Length || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return -1;
        byte[] given = Hash(header[Scheme.Length..].Trim());
        int found = -1;
        for (int i = _hashes.Length - 1; i >= 0; i--) // all of them, whichever fits; an administrator's counts when a key is both
            found = CryptographicOperations.FixedTimeEquals(_hashes[i], given) ? i : found;
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
