using System.IO.Compression;
using System.Text;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Benchmarks;

/// <summary>Qwen's tokenizer and English text to run it on.</summary>
internal static class TokenizerCorpus
{
    private const string Licences = "/usr/share/common-licenses";

    /// <summary>Loads the tokenizer of a folder whose files may be compressed (.gz).</summary>
    public static QwenTokenizer Load(string folder)
    {
        DirectoryInfo unpacked = Directory.CreateTempSubdirectory("pixelis-tokenizer-");
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder).Where(f => !f.Contains("tokenizer.json", StringComparison.Ordinal)))
                Unpack(file, unpacked.FullName);
            return QwenTokenizer.FromFolder(unpacked.FullName);
        }
        finally
        {
            unpacked.Delete(recursive: true);
        }
    }

    /// <summary>The folder with a real tokenizer, which lies beside the repository or is named by PIXELIS_SHARED.</summary>
    public static string DefaultFolder()
    {
        string? shared = Environment.GetEnvironmentVariable("PIXELIS_SHARED");
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); shared is null && folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "real", "tokenizer")))
                shared = Path.Combine(folder.FullName, "shared");
        }
        return Path.Combine(shared ?? throw new DirectoryNotFoundException("No shared/real/tokenizer; name a tokenizer folder."), "real", "tokenizer");
    }

    /// <summary>English prose: the licence texts every Debian carries, one after the other, at least 4 MB.</summary>
    public static string English()
    {
        string[] texts = [.. Directory.EnumerateFiles(Licences).Where(f => new FileInfo(f).LinkTarget is null).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        var builder = new StringBuilder();
        while (builder.Length < 4_000_000)
            builder.AppendJoin("\n\n", texts);
        return builder.ToString();
    }

    private static void Unpack(string file, string folder)
    {
        bool isCompressed = file.EndsWith(".gz", StringComparison.Ordinal);
        using Stream source = isCompressed ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);
        using FileStream target = File.Create(Path.Combine(folder, Path.GetFileName(isCompressed ? file[..^3] : file)));
        source.CopyTo(target);
    }
}
