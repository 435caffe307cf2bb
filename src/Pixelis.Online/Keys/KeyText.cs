using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pixelis.Online.Audit;

namespace Pixelis.Online.Keys;

/// <summary>Keys as text: 64 hexadecimal digits (32 bytes) in a file that only its owner can read, or in an environment variable.</summary>
internal static partial class KeyText
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>
    /// Draws a key and writes it to a new file with mode 600. The file appears whole or not at all: what a kill may leave is a file <c>*.tmp</c> beside it,
    /// which nothing reads.
    /// </summary>
    public static byte[] Create(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (File.Exists(path))
                throw Taken(path);
            WriteFlushed(beside, Convert.ToHexStringLower(key) + "\n");
            Place(beside, path);
        }
        finally
        {
            File.Delete(beside);
        }
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return key;
    }

    /// <summary>Reads a key file that nobody but its owner may read.</summary>
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new KeyException($"{path}: there is no such key file.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new KeyException($"{path}: others than its owner may use the key file; expected mode 600 (chmod 600 {Path.GetFileName(path)}).");
        if (new FileInfo(path).Length > 4096)
            throw new KeyException($"{path}: too long for a key file; expected {KeyBytes * 2} hexadecimal digits.");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads a key from an environment variable.</summary>
    public static byte[] FromEnvironment(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string? text = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrWhiteSpace(text)
            ? throw new KeyException($"The environment variable {name} is not set; expected {KeyBytes * 2} hexadecimal digits.")
            : Parse(text, $"The environment variable {name}");
    }

    /// <summary>A key of its own for each use, so that none reveals another.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> key, string use)
    {
        if (key.Length < KeyBytes)
            throw new KeyException($"A key of {key.Length} bytes is too short; expected at least {KeyBytes}.");
        byte[] derived = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], System.Text.Encoding.ASCII.GetBytes(use));
        return derived;
    }

    private static void WriteFlushed(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(path, options);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    // .NET's Move looks whether there is a file and renames then: of two processes at once the second would take the first one's key away. A link
    // cannot; only a file system without links gets the other way.
    private static void Place(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && Link(from, to) == 0)
            return;
        try
        {
            File.Move(from, to);
        }
        catch (IOException e) when (File.Exists(to))
        {
            throw Taken(to, e);
        }
    }

    private static KeyException Taken(string path, Exception? inner = null) => new($"{path}: there is a file already; a key is never overwritten.", inner);

    private static byte[] Parse(string text, string source)
    {
        try
        {
            byte[] key = Convert.FromHexString(text.Trim());
            if (key.Length == KeyBytes)
                return key;
        }
        catch (FormatException)
        {
            // Said below; the text itself must not be repeated.
        }
        throw new KeyException($"{source}: not a key; expected {KeyBytes * 2} hexadecimal digits.");
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
