using System.Diagnostics;
using System.Globalization;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Benchmarks;

/// <summary><c>tokenizer [FOLDER]</c>: throughput on English text, on one thread.</summary>
internal static class TokenizerRunner
{
    private const int Rounds = 7;

    /// <summary>Runs and prints; the process's exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        string folder = arguments.Count > 0 ? arguments[0] : TokenizerCorpus.DefaultFolder();
        var clock = Stopwatch.StartNew();
        QwenTokenizer tokenizer = TokenizerCorpus.Load(folder);
        Print("load (s)", clock.Elapsed.TotalSeconds);

        string text = TokenizerCorpus.English();
        double megabytes = System.Text.Encoding.UTF8.GetByteCount(text) / 1e6;
        var ids = new List<int>();
        Print("text (MB)", megabytes);
        Print("encode, first pass (MB/s)", megabytes / Time(() => tokenizer.Encode(text, SpecialTokenParsing.PlainText, ids)));
        double[] encode = [.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            ids.Clear();
            return megabytes / Time(() => tokenizer.Encode(text, SpecialTokenParsing.PlainText, ids));
        }).Order()];
        Print("encode, median (MB/s)", encode[Rounds / 2]);
        int[] all = [.. ids];
        double[] decode = [.. Enumerable.Range(0, Rounds).Select(_ => megabytes / Time(() => tokenizer.Decode(all))).Order()];
        Print("decode, median (MB/s)", decode[Rounds / 2]);
        Print("bytes per token", megabytes * 1e6 / all.Length);
        return tokenizer.Decode(all) == text ? 0 : 1;
    }

    private static double Time(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    private static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28}{value,10:F2}"));
}
