using System.Runtime.InteropServices;
using System.Text;
using Pixelis.Models.Qwen.Tokenization.Normalization;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// Learns a small byte-level BPE vocabulary with Qwen's split rule (Sennrich et al. 2016, over bytes). Deterministic: the same texts
/// give the same files; among pairs of equal count the one with the smaller left, then right id wins.
/// </summary>
public static class TokenizerTrainer
{
    private const int ByteCount = 256;

    /// <summary>Learns a tokenizer and writes it to a folder in Hugging Face layout.</summary>
    /// <param name="texts">The texts to learn from; read once.</param>
    /// <param name="vocabularySize">Tokens in all: 256 bytes, merges, special tokens. Fewer result when the texts have no more pairs to join.</param>
    /// <param name="specialTokens">Contents of the special tokens, in id order; they take the last ids. Not empty, each once.</param>
    /// <param name="folder">Where to write tokenizer.json, vocab.json, merges.txt and tokenizer_config.json; made if absent.</param>
    /// <param name="chatTemplate">A Jinja chat template to put into tokenizer_config.json for other programs; null for none.</param>
    /// <param name="wholeTokens">
    /// Texts that are one token each but no control tokens, such as <c>&lt;tool_call&gt;</c>: they are part of what a model says and stay in decoded
    /// text. Their ids follow the special tokens'. Null for none.
    /// </param>
    /// <returns>The tokenizer, read back from the folder.</returns>
    /// <exception cref="ArgumentException">The size leaves no room for bytes and special tokens, or a special token is empty or repeated.</exception>
    public static QwenTokenizer Train(
        IEnumerable<string> texts, int vocabularySize, IReadOnlyList<string> specialTokens, string folder, string? chatTemplate = null,
        IReadOnlyList<string>? wholeTokens = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(specialTokens);
        (string Text, bool IsSpecial)[] added = [.. specialTokens.Select(t => (t, true)), .. (wholeTokens ?? []).Select(t => (t, false))];
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, ByteCount + added.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vocabularySize, TokenizerLimits.TokenId);
        if (added.Any(t => string.IsNullOrEmpty(t.Text)) || added.DistinctBy(t => t.Text, StringComparer.Ordinal).Count() != added.Length)
            throw new ArgumentException("Special and whole tokens must be non-empty and different.", nameof(specialTokens));

        List<byte[]> tokens = [.. ByteOrder().Select(b => (byte[])[b])];
        var learner = new MergeLearner(CountPieces(texts, tokens));
        var merges = new List<(byte[] Left, byte[] Right)>();
        Dictionary<string, int> ids = Enumerable.Range(0, ByteCount).ToDictionary(id => ByteAlphabet.ToText(tokens[id]), id => id, StringComparer.Ordinal);
        while (tokens.Count + added.Length < vocabularySize && learner.TryNext(out int left, out int right))
        {
            byte[] joined = [.. tokens[left], .. tokens[right]];
            // Two merges may spell the same token ("a"+"aa", "aa"+"a"); ids are by spelling, so the later one joins to the same id.
            if (ids.TryAdd(ByteAlphabet.ToText(joined), tokens.Count))
                tokens.Add(joined);
            merges.Add((tokens[left], tokens[right]));
            learner.Apply(left, right, ids[ByteAlphabet.ToText(joined)]);
        }
        TokenizerWriter.Write(folder, tokens, merges, added, chatTemplate);
        return QwenTokenizer.FromFolder(folder);
    }

    // The order of GPT-2's vocabulary: by the character that spells the byte.
    private static IEnumerable<byte> ByteOrder() => Enumerable.Range(0, ByteCount).Select(b => (byte)b).OrderBy(ByteAlphabet.ToCharacter);

    private static List<(int[] Ids, long Count)> CountPieces(IEnumerable<string> texts, List<byte[]> byteTokens)
    {
        int[] ids = new int[ByteCount];
        for (int id = 0; id < ByteCount; id++)
            ids[byteTokens[id][0]] = id;
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            string normalized = CanonicalComposition.Normalize(text);
            var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
            for (int start = 0; start < normalized.Length;)
            {
                int end = PieceSplitter.NextEnd(normalized, start);
                CollectionsMarshal.GetValueRefOrAddDefault(lookup, normalized.AsSpan(start, end - start), out _)++;
                start = end;
            }
        }
        // By text, so that the order of the texts does not matter.
        return [.. counts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (Encoding.UTF8.GetBytes(p.Key).Select(b => ids[b]).ToArray(), p.Value))];
    }
}
