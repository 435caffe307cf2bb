using System.Text.Json;
using Pixelis.TestKit;

namespace Pixelis.Golden.Tests;

/// <summary>
/// Finds cases: those beside the tests, those of the shared folder, and those that <c>PIXELIS_GOLDEN</c> names. What a folder
/// tests is told from the files in it, never from its name.
/// </summary>
internal static class GoldenFolders
{
    private static readonly Lazy<IReadOnlyList<string>> Folders = new(Discover);

    /// <summary>Folders with a model and expectations.</summary>
    public static IEnumerable<string> Models => Folders.Value.Where(
        folder => File.Exists(Path.Combine(folder, "config.json")) && File.Exists(Path.Combine(folder, "expected.safetensors")));

    /// <summary>Adapter folders with expectations, or without when a sibling has them for the same adapter in another spelling.</summary>
    public static IEnumerable<(string Model, string Adapter)> Adapters =>
        from model in Models
        from adapter in Directory.EnumerateDirectories(model).Order(StringComparer.Ordinal)
        where File.Exists(Path.Combine(adapter, "adapter_config.json"))
        select (model, adapter);

    /// <summary>Files <c>cases.json</c> whose cases have the field.</summary>
    public static IEnumerable<string> CaseFiles(string field) => Folders.Value.Select(folder => Path.Combine(folder, "cases.json")).Where(file =>
    {
        if (!File.Exists(file))
            return false;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.TryGetProperty("cases", out JsonElement cases)
            && cases.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.TryGetProperty(field, out _);
    });

    private static IReadOnlyList<string> Discover()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string beside = Path.Combine(RepositoryFolder.Path, "tests", "Pixelis.Golden.Tests", "Cases");
        foreach (string folder in CasesIn(beside))
            found.TryAdd(Path.GetFileName(folder), folder);
        if (SharedData.TryPath("golden") is { } shared)
        {
            foreach (string folder in CasesIn(shared)) // a copy beside the tests stands for the shared one
                found.TryAdd(Path.GetFileName(folder), folder);
        }

        List<string> folders = [.. found.Values];
        string[] further = (Environment.GetEnvironmentVariable("PIXELIS_GOLDEN") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (string root in further)
        {
            if (!Directory.Exists(root))
                throw new DirectoryNotFoundException($"PIXELIS_GOLDEN names {root}, which does not exist.");
            folders.AddRange(CasesIn(Path.GetFullPath(root)));
        }

        return [.. folders.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The folder itself when it is a case, and the cases in it, at any depth.</summary>
    private static IEnumerable<string> CasesIn(string root)
    {
        if (!Directory.Exists(root))
            yield break;
        if (File.Exists(Path.Combine(root, "expected.safetensors")) || File.Exists(Path.Combine(root, "cases.json")))
        {
            yield return root;
            yield break; // the adapters of a case are found through it
        }

        foreach (string child in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            foreach (string folder in CasesIn(child))
                yield return folder;
        }
    }
}
