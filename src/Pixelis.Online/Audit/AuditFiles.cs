using System.Globalization;

namespace Pixelis.Online.Audit;

/// <summary>Names of the files in a log's folder.</summary>
internal static class AuditFiles
{
    public const string Head = "head.json";

    public const string Lock = "lock";

    private const string Prefix = "audit-", Suffix = ".jsonl";

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D8}{Suffix}");

    public static string PathOf(string folder, int number) => Path.Combine(folder, NameOf(number));

    /// <summary>Numbers of the log's files, ascending. Other files of the folder do not count.</summary>
    public static IReadOnlyList<int> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).Select(p => NumberOf(Path.GetFileName(p))).OfType<int>().Order()];

    /// <summary>A name that is free, for bytes that no line of the log is made of.</summary>
    public static string FreeTornName(string folder, int number)
    {
        string path;
        int n = 1;
        do
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"torn-{number:D8}-{n++}"));
        while (File.Exists(path));
        return path;
    }

    private static int? NumberOf(string name) =>
        int.TryParse(name.AsSpan(Prefix.Length, Math.Max(0, name.Length - Prefix.Length - Suffix.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number > 0 && name == NameOf(number)
            ? number
            : null;
}
