using System.Runtime.InteropServices;
using System.Text;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization.Normalization;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// The byte-level BPE tokenizer of Qwen2, Qwen2-VL, Qwen2.5, Qwen2.5-VL and Qwen3. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Added tokens are cut out first (when asked), the rest is brought to Unicode form C, cut by the split rule, and merged byte by byte.
/// </remarks>
public sealed class QwenTokenizer : ITextTokenizer
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly string _source;
    private readonly Vocabulary _vocabulary;
    private readonly MergeTable _merges;
    private readonly int[] _byteTokens;
    private readonly bool _normalizes;
    private readonly Dictionary<string, int> _addedTokens;
    private readonly HashSet<int> _specialIds;
    private readonly AddedTokenMatcher _addedTokenMatcher;
    private readonly PieceCache _cache = new();

    internal QwenTokenizer(TokenizerDefinition definition)
    {
        _source = definition.Source;
        _vocabulary = definition.Vocabulary;
        _merges = definition.Merges;
        _byteTokens = definition.ByteTokens;
        _normalizes = definition.Normalizes;
        _addedTokens = definition.AddedTokens.ToDictionary(t => t.Content, t => t.Id, StringComparer.Ordinal);
        _specialIds = [.. definition.AddedTokens.Where(t => t.IsSpecial).Select(t => t.Id)];
        _addedTokenMatcher = new AddedTokenMatcher(definition.AddedTokens);
    }

    /// <inheritdoc />
    public int VocabularySize => _vocabulary.Size;

    /// <summary>Loads the tokenizer of a Hugging Face model folder.</summary>
    /// <param name="folder">
    /// Holds <c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>; added tokens are also read from
    /// <c>tokenizer_config.json</c>, <c>added_tokens.json</c> and <c>special_tokens.json</c> where these exist.
    /// </param>
    /// <exception cref="ModelFormatException">A file is missing, malformed, asks for something other than Qwen's tokenizer, or contradicts another.</exception>
    public static QwenTokenizer FromFolder(string folder) => new(TokenizerFolder.Read(folder));

    /// <summary>Checks that every token has an embedding row.</summary>
    /// <param name="modelVocabularySize">The model's vocabulary size (config.json's <c>vocab_size</c>).</param>
    /// <exception cref="ModelFormatException">The tokenizer has ids that the model does not have.</exception>
    public void EnsureFits(int modelVocabularySize)
    {
        if (VocabularySize > modelVocabularySize)
        {
            throw new ModelFormatException(_source,
                $"the tokenizer's largest id is {VocabularySize - 1}, but the model has {modelVocabularySize} embedding rows; expected a tokenizer that fits the model");
        }
    }

    /// <inheritdoc />
    public bool TryGetAddedToken(string text, out int id) => _addedTokens.TryGetValue(text, out id);

    /// <inheritdoc />
    public bool IsSpecialToken(int id) => _specialIds.Contains(id);

    /// <inheritdoc />
    public ReadOnlySpan<byte> GetTokenBytes(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        return _vocabulary[id];
    }

    /// <inheritdoc />
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        var bytes = new List<byte>(ids.Length * 4);
        foreach (int id in ids)
        {
            if (!(skipSpecialTokens && IsSpecialToken(id)))
                bytes.AddRange(GetTokenBytes(id));
        }
        return Utf8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="specialTokens">Whether spelled-out added tokens become their ids.</param>
    public int[] Encode(ReadOnlySpan<char> text, SpecialTokenParsing specialTokens = SpecialTokenParsing.PlainText)
    {
        var output = new List<int>((text.Length / 3) + 4);
        Encode(text, specialTokens, output);
        return [.. output];
    }

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<char> text, SpecialTokenParsing specialTokens, List<int> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (specialTokens == SpecialTokenParsing.PlainText)
        {
            EncodeNormalized(Normalize(text), output);
            return;
        }
        int start = 0;
        while (NextAddedToken(text, ref start, out ReadOnlySpan<char> before, out int id))
        {
            EncodeNormalized(Normalize(before), output);
            if (id >= 0)
                output.Add(id);
        }
    }

    /// <summary>
    /// Cuts the next added token out of a text: what comes before it, and its id, which is -1 for
    /// the text's end. Returns false when the text is used up.
    /// </summary>
    internal bool NextAddedToken(ReadOnlySpan<char> text, ref int start, out ReadOnlySpan<char> before, out int id)
    {
        before = default;
        id = -1;
        if (start >= text.Length)
            return false;
        int place = _addedTokenMatcher.Find(text, start, out AddedToken? token);
        before = place < 0 ? text[start..] : text[start..place];
        start = place < 0 ? text.Length : place + token!.Content.Length;
        id = token?.Id ?? -1;
        return true;
    }

    // Text below U+0300 has no surrogates and is in form C as it is, so no string is made of it.
    private ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\u0300', char.MaxValue))
            return text;
        return _normalizes ? CanonicalComposition.Normalize(text.ToString()) : CanonicalComposition.ReplaceUnpairedSurrogates(text.ToString());
    }

    private void EncodeNormalized(ReadOnlySpan<char> text, List<int> output)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = PieceSplitter.NextEnd(text, start);
            EncodePiece(text[start..end], output);
            start = end;
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> output)
    {
        bool isShort = piece.Length <= PieceCache.MaxPieceLength;
        uint hash = isShort ? PieceCache.Hash(piece) : 0;
        int[]? known = isShort ? _cache.Find(piece, hash) : null;
        if (known is null)
            MergePiece(piece, isShort, hash, output);
        else if (known.Length == 1)
            output.Add(known[0]);
        else
            output.AddRange(known);
    }

    private void MergePiece(ReadOnlySpan<char> piece, bool isShort, uint hash, List<int> output)
    {
        int capacity = Utf8.GetMaxByteCount(piece.Length);
        Span<byte> bytes = capacity <= 512 ? stackalloc byte[capacity] : new byte[capacity];
        int length = Utf8.GetBytes(piece, bytes);
        int before = output.Count;
        BytePairMerger.Merge(bytes[..length], _byteTokens, _merges, output);
        if (isShort)
            _cache.Add(piece, hash, CollectionsMarshal.AsSpan(output)[before..]);
    }
}
