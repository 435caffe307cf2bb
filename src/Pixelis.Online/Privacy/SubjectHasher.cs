using System.Security.Cryptography;
using System.Text;

namespace Pixelis.Online.Privacy;

/// <summary>
/// Names a person without naming them: a keyed hash, salted by the tenant, so that one person has different hashes with two tenants. Case and blanks
/// around the name do not count: forgetting a person must not miss what "Ann@Example.org " asked. Thread-safe.
/// </summary>
public sealed class SubjectHasher
{
    private const int HashBytes = 16;
    private readonly byte[] _key;

    /// <summary>Makes one.</summary>
    public SubjectHasher(PrivacyKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key.SubjectKey;
    }

    /// <summary>The hash of a person: 32 hexadecimal digits.</summary>
    /// <param name="tenant">Whose memory it is.</param>
    /// <param name="subject">The person's id or name with that tenant.</param>
    /// <exception cref="ArgumentException">One of the two is empty.</exception>
    public string Hash(string tenant, string subject)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        byte[] salted = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(tenant));
        byte[] hash = HMACSHA256.HashData(salted, Encoding.UTF8.GetBytes(subject.Trim().ToLowerInvariant()));
        return Convert.ToHexStringLower(hash.AsSpan(0, HashBytes));
    }
}
