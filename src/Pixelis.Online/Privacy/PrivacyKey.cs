using Pixelis.Online.Keys;

namespace Pixelis.Online.Privacy;

/// <summary>
/// The secret behind hashes in placeholders and of people. Without it nobody can guess a hash's origin by trying; with another one, what was stored
/// can no longer be found by its hash. Not the audit log's: whoever verifies must not be able to look people up.
/// </summary>
public sealed class PrivacyKey
{
    private PrivacyKey(ReadOnlySpan<byte> key)
    {
        PlaceholderKey = KeyText.Derive(key, "pixelis.privacy.placeholder/1");
        SubjectKey = KeyText.Derive(key, "pixelis.privacy.subject/1");
    }

    internal byte[] PlaceholderKey { get; }

    internal byte[] SubjectKey { get; }

    /// <summary>Draws a key and writes it to a new file of mode 600, as 64 hexadecimal digits.</summary>
    /// <exception cref="KeyException">There is a file already.</exception>
    public static PrivacyKey Create(string path) => new(KeyText.Create(path));

    /// <summary>Reads a key file.</summary>
    /// <exception cref="KeyException">There is none, others than its owner may read it, or it holds no key.</exception>
    public static PrivacyKey Read(string path) => new(KeyText.Read(path));

    /// <summary>Reads a key of 64 hexadecimal digits from an environment variable.</summary>
    /// <exception cref="KeyException">It is not set, or holds no key.</exception>
    public static PrivacyKey FromEnvironment(string name) => new(KeyText.FromEnvironment(name));

    /// <summary>A key from a secret store.</summary>
    /// <param name="key">At least 32 bytes, drawn at random; copied.</param>
    /// <exception cref="KeyException">Fewer bytes.</exception>
    public static PrivacyKey FromBytes(ReadOnlySpan<byte> key) => new(key);
}
