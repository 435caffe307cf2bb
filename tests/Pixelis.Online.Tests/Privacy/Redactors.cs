using Pixelis.Online.Privacy;

namespace Pixelis.Online.Tests.Privacy;

internal static class Redactors
{
    public static PrivacyKey Key { get; } = PrivacyKey.FromBytes(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    public static PiiRedactor Default { get; } = new(Key);

    /// <summary>Placeholders without hashes.</summary>
    public static PiiRedactor Plain { get; } = new(Key, new PiiOptions { HashLength = 0 });
}
