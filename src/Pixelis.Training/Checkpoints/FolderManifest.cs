using System.Security.Cryptography;
using System.Text.Json;

namespace Pixelis.Training;

/// <summary>
/// A list of a folder's files with their SHA-256 sums, <c>manifest.json</c>, by which a torn or changed folder is found out. Write it when all
/// other files are there, flush the folder, and only then rename it into its place.
/// </summary>
internal static class FolderManifest
{
    private const string FileName = "manifest.json";

    /// <summary>Lists every file of a folder and its subfolders.</summary>
    /// <param name="folder">The folder, all of whose other files are written.</param>
    /// <param name="schema">Name and version of what the folder is.</param>
    /// <param name="more">Writes further properties of the manifest; null for none.</param>
    public static void Write(string folder, string schema, Action<Utf8JsonWriter>? more = null)
    {
        using FileStream stream = File.Create(Path.Combine(folder, FileName));
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", schema);
        more?.Invoke(json);
        json.WriteStartObject("files");
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string relative = Path.GetRelativePath(folder, file);
            if (relative != FileName)
                json.WriteString(relative, Hash(file));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Flushes every file of a folder to the disk.</summary>
    public static void Flush(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Checks every file of a folder against its manifest.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="schema">What it must be.</param>
    /// <exception cref="CheckpointException">The manifest cannot be read or is of something else, or a file is missing or of another content; the message names it.</exception>
    public static void Verify(string folder, string schema)
    {
        string manifest = Path.Combine(folder, FileName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            JsonElement root = document.RootElement;
            if (root.GetProperty("schema").GetString() != schema)
                throw new CheckpointException($"{manifest}: schema is {root.GetProperty("schema")}; {schema} was expected.");
            foreach (JsonProperty entry in root.GetProperty("files").EnumerateObject())
            {
                string file = Path.Combine(folder, entry.Name);
                if (!File.Exists(file))
                    throw new CheckpointException($"{file} is missing.");
                if (Hash(file) != entry.Value.GetString())
                    throw new CheckpointException($"{file} is not what the manifest says: its SHA-256 sum differs.");
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{manifest} cannot be read: {e.Message}", e);
        }
    }

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
