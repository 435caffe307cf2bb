using Pixelis.Serving.Access;

namespace Pixelis.Serving;

/// <summary>
/// Reads the keys of a server (<see cref="PixelisServingOptions.ApiKeys"/>) from where they belong: a file, or the environment; not a command line, which
/// everybody on the machine can read. No message holds a key.
/// </summary>
public static class ServingKeys
{
    private const int MostBytes = 1 << 20;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Reads a file with a key a line; empty lines and those that begin with # count for nothing.</summary>
    /// <exception cref="PixelisException">It is missing, holds no key or one that is too short, or others than its owner may use it.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new PixelisException($"{path}: there is no such key file; 'openssl rand -hex 32 > {path} && chmod 600 {path}' makes one.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new PixelisException($"{path}: others than its owner may use the key file; expected mode 600 (chmod 600 {path}).");
        if (new FileInfo(path).Length > MostBytes)
            throw new PixelisException($"{path}: too long for a key file; expected a key a line.");
        string[] keys = [.. File.ReadAllLines(path)
            .Select((line, i) => (Text: line.Trim(), Number: i + 1))
            .Where(l => l.Text.Length > 0 && l.Text[0] != '#')
            .Select(l => Checked(l.Text, $"{path}, line {l.Number}"))];
        return keys.Length > 0 ? keys : throw new PixelisException($"{path}: holds no key; expected one a line.");
    }

    /// <summary>Reads a key from an environment variable; null when it is not set or empty.</summary>
    /// <exception cref="PixelisException">What it holds is no key.</exception>
    public static string? FromEnvironment(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string? key = Environment.GetEnvironmentVariable(name)?.Trim();
        return string.IsNullOrEmpty(key) ? null : Checked(key, $"The environment variable {name}");
    }

    private static string Checked(string key, string source) => ApiKeyRing.IsKey(key)
        ? key
        : throw new PixelisException($"{source}: a key has at least {ApiKeyRing.LeastLength} visible ASCII characters and no blanks; 'openssl rand -hex 32' makes one.");
}
