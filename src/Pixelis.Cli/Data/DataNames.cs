using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Data;

/// <summary>Reads names of enums as command lines write them: lower case, words parted by an underscore, several by a comma.</summary>
internal static class DataNames
{
    /// <summary>The values named, or all when nothing is.</summary>
    /// <exception cref="UsageException">A name is not known; the message lists those that are.</exception>
    public static IReadOnlyList<T> Read<T>(string option, string? text)
        where T : struct, Enum => string.IsNullOrWhiteSpace(text) ? Enum.GetValues<T>() : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(name => One<T>(option, name))];

    /// <summary>One value.</summary>
    /// <exception cref="UsageException">The name is not known.</exception>
    public static T One<T>(string option, string name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw new UsageException($"{option} must be of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}; '{name}' is none of them.");
    }

    /// <summary>Difficulties, or all three when none is named.</summary>
    /// <exception cref="UsageException">One is not 1, 2 or 3.</exception>
    public static IReadOnlyList<int> Difficulties(string? text) => string.IsNullOrWhiteSpace(text)
        ? [1, 2, 3]
        : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(d => d is "1" or "2" or "3" ? d[0] - '0' : throw new UsageException($"--difficulty must be of 1, 2, 3; '{d}' is none of them."))];
}
