using System.Text;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>What a tokenizer's files say, gathered and checked while they are read.</summary>
/// <param name="source">The file or folder to name in errors about the whole.</param>
internal sealed class TokenizerDefinition(string source)
{
    private readonly Dictionary<string, AddedToken> _addedByContent = new(StringComparer.Ordinal);
    private readonly Dictionary<int, AddedToken> _addedById = [];

    /// <summary>The file or folder to name in errors about the whole.</summary>
    public string Source { get; } = source;

    /// <summary>All tokens, added ones included once <see cref="Complete"/> has run.</summary>
    public Vocabulary Vocabulary { get; } = new();

    /// <summary>The merges.</summary>
    public MergeTable Merges { get; private set; } = new(0);

    /// <summary>The token of each byte value.</summary>
    public int[] ByteTokens { get; } = new int[256];

    /// <summary>Whether text is brought to form C first.</summary>
    public bool Normalizes { get; set; } = true;

    /// <summary>The added tokens.</summary>
    public IReadOnlyCollection<AddedToken> AddedTokens => _addedByContent.Values;

    /// <summary>Adds an ordinary token, spelled in the byte alphabet (given as UTF-8).</summary>
    public void AddToken(string file, ReadOnlySpan<byte> spelling, long id)
    {
        CheckId(file, id, spelling);
        if (spelling.Length > 2 * TokenizerLimits.TokenBytes)
            throw new ModelFormatException(file, $"the token with id {id} is longer than {TokenizerLimits.TokenBytes} bytes");
        Span<byte> bytes = stackalloc byte[spelling.Length];
        int length = ByteAlphabet.Decode(spelling, bytes);
        // Some vocabularies list their added tokens too, spelled plainly; those keep their text's bytes.
        ReadOnlySpan<byte> token = length >= 0 ? bytes[..length] : spelling;
        if (token.IsEmpty)
            throw new ModelFormatException(file, $"the token with id {id} is empty; expected at least one byte");
        if (!Vocabulary.TryAdd(token, (int)id))
            throw new ModelFormatException(file, $"token '{Encoding.UTF8.GetString(spelling)}' (id {id}) repeats a token or an id; expected each once");
    }

    /// <summary>Makes room for merges.</summary>
    public void ReserveMerges(string file, int count)
    {
        if (count > TokenizerLimits.Merges)
            throw new ModelFormatException(file, $"{count} merges; expected at most {TokenizerLimits.Merges}");
        Merges = new MergeTable(count);
    }

    /// <summary>Adds the merge of two tokens, spelled in the byte alphabet.</summary>
    public void AddMerge(string file, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length + right.Length > 2 * TokenizerLimits.TokenBytes)
            throw new ModelFormatException(file, $"merge {Merges.Count} makes a token longer than {TokenizerLimits.TokenBytes} bytes");
        Span<byte> joined = stackalloc byte[left.Length + right.Length];
        int leftLength = ByteAlphabet.Decode(left, joined);
        int rightLength = leftLength < 0 ? -1 : ByteAlphabet.Decode(right, joined[leftLength..]);
        int leftId = leftLength <= 0 ? -1 : Vocabulary.Find(joined[..leftLength]);
        int rightId = rightLength <= 0 ? -1 : Vocabulary.Find(joined[leftLength..(leftLength + rightLength)]);
        int mergedId = leftId < 0 || rightId < 0 ? -1 : Vocabulary.Find(joined[..(leftLength + rightLength)]);
        if (mergedId < 0)
        {
            throw new ModelFormatException(file, $"merge {Merges.Count} ('{Encoding.UTF8.GetString(left)} {Encoding.UTF8.GetString(right)}') "
                + "names or makes a token that the vocabulary does not have");
        }
        Merges.Add(leftId, rightId, mergedId);
    }

    /// <summary>Adds a token that is matched as a whole. Repeating one that is there already is allowed when they agree.</summary>
    public void AddAddedToken(string file, AddedToken token)
    {
        byte[] content = Encoding.UTF8.GetBytes(token.Content);
        CheckId(file, token.Id, content);
        if (content.Length is 0 or > TokenizerLimits.TokenBytes)
            throw new ModelFormatException(file, $"added token {token.Id} has {content.Length} bytes; expected 1 to {TokenizerLimits.TokenBytes}");
        bool hasContent = _addedByContent.TryGetValue(token.Content, out AddedToken? sameContent);
        bool hasId = _addedById.TryGetValue(token.Id, out AddedToken? sameId);
        if (hasContent || hasId)
        {
            if (sameContent?.Id == token.Id && sameId?.Content == token.Content)
                return;
            throw new ModelFormatException(file, $"added token '{token.Content}' (id {token.Id}) contradicts "
                + $"'{(sameContent ?? sameId)!.Content}' (id {(sameContent ?? sameId)!.Id})");
        }
        if (_addedByContent.Count >= TokenizerLimits.AddedTokens)
            throw new ModelFormatException(file, $"more than {TokenizerLimits.AddedTokens} added tokens");
        _addedByContent.Add(token.Content, token);
        _addedById.Add(token.Id, token);
    }

    /// <summary>Joins vocabulary and added tokens and checks that together they make a usable tokenizer.</summary>
    public TokenizerDefinition Complete()
    {
        for (int value = 0; value < 256; value++)
        {
            ByteTokens[value] = Vocabulary.Find([(byte)value]);
            if (ByteTokens[value] < 0)
                throw new ModelFormatException(Source, $"the vocabulary has no token for byte 0x{value:X2} ('{ByteAlphabet.ToCharacter((byte)value)}'); expected all 256");
        }
        foreach (AddedToken token in AddedTokens)
        {
            byte[] content = Encoding.UTF8.GetBytes(token.Content);
            int known = Vocabulary.Find(content);
            if (known != token.Id && !Vocabulary.TryAdd(content, token.Id))
                throw new ModelFormatException(Source, $"added token '{token.Content}' (id {token.Id}) takes a place or a text that the vocabulary uses otherwise");
            if (token.IsSpecial && IsReachable(token.Id))
                throw new ModelFormatException(Source, $"special token '{token.Content}' (id {token.Id}) can also come out of ordinary text; expected a token outside bytes and merges");
        }
        return this;
    }

    private bool IsReachable(int id) => Array.IndexOf(ByteTokens, id) >= 0 || Merges.Produces(id);

    private static void CheckId(string file, long id, ReadOnlySpan<byte> token)
    {
        if (id is < 0 or > TokenizerLimits.TokenId)
        {
            string shown = Encoding.UTF8.GetString(token[..Math.Min(token.Length, 64)]);
            throw new ModelFormatException(file, $"token '{shown}' has id {id}; expected 0 to {TokenizerLimits.TokenId}");
        }
    }
}
