using System.IO.Compression;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

/// <summary>Qwen2-VL's own tokenizer, read once from the shared data in both layouts.</summary>
internal static class RealTokenizer
{
    public const string Data = "real/tokenizer";

    private static readonly Lazy<QwenTokenizer> Json = new(() => Load("tokenizer.json"));
    private static readonly Lazy<QwenTokenizer> Pair = new(() => Load("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens.json"));

    /// <summary>Read from tokenizer.json.</summary>
    public static QwenTokenizer FromJson => Json.Value;

    /// <summary>Read from vocab.json, merges.txt and the files with added tokens.</summary>
    public static QwenTokenizer FromPair => Pair.Value;

    private static QwenTokenizer Load(params string[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in files)
        {
            using FileStream target = File.Create(folder[file]);
            if (SharedData.TryPath($"{Data}/{file}") is { } plain)
            {
                using FileStream source = File.OpenRead(plain);
                source.CopyTo(target);
            }
            else
            {
                using var source = new GZipStream(File.OpenRead(SharedData.RequirePath($"{Data}/{file}.gz")), CompressionMode.Decompress);
                source.CopyTo(target);
            }
        }
        return QwenTokenizer.FromFolder(folder.Path);
    }
}
