using Pixelis.Online.Keys;

namespace Pixelis.Online.Audit;

/// <summary>
/// The secret that an audit log is chained with. Who has it can write a log that verifies; who has it not can neither change nor extend one
/// unseen. It belongs somewhere else than the log: whoever can read both can forge.
/// </summary>
public sealed class AuditKey
{
    private AuditKey(ReadOnlySpan<byte> key)
    {
        LineKey = KeyText.Derive(key, "pixelis.audit.line/1");
        HeadKey = KeyText.Derive(key, "pixelis.audit.head/1");
        Id = Convert.ToHexStringLower(KeyText.Derive(key, "pixelis.audit.id/1").AsSpan(0, 8));
    }

    /// <summary>A name of the key, 16 hexadecimal digits: tells keys apart and reveals nothing.</summary>
    public string Id { get; }

    internal byte[] LineKey { get; }

    internal byte[] HeadKey { get; }

    /// <summary>Draws a key and writes it to a new file of mode 600, as 64 hexadecimal digits.</summary>
    /// <exception cref="KeyException">There is a file already.</exception>
    public static AuditKey Create(string path) => new(KeyText.Create(path));

    /// <summary>Reads a key file.</summary>
    /// <exception cref="KeyException">There is none, others than its owner may read it, or it holds no key.</exception>
    public static AuditKey Read(string path) => new(KeyText.Read(path));

    /// <summary>Reads a key of 64 hexadecimal digits from an environment variable.</summary>
    /// <exception cref="KeyException">It is not set, or holds no key.</exception>
    public static AuditKey FromEnvironment(string name) => new(KeyText.FromEnvironment(name));

    /// <summary>A key from a secret store.</summary>
    /// <param name="key">At least 32 bytes, drawn at random; copied.</param>
    /// <exception cref="KeyException">Fewer bytes.</exception>
    public static AuditKey FromBytes(ReadOnlySpan<byte> key) => new(key);

    /// <summary>The key's name, never the key.</summary>
    public override string ToString() => $"audit key {Id}";
}
