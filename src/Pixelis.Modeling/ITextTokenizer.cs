namespace Pixelis.Modeling;

/// <summary>
/// Turns text into token ids and back. Implementations are immutable and thread-safe.
/// </summary>
/// <remarks>
/// Text is UTF-16; an unpaired surrogate counts as U+FFFD. Decoding concatenates the tokens' bytes, reads them as UTF-8 and puts U+FFFD
/// where they are not; use <see cref="StreamingTextDecoder"/> where tokens arrive one by one.
/// </remarks>
public interface ITextTokenizer
{
    /// <summary>One more than the largest token id. A model may have more embedding rows than this (padding); it must not have fewer.</summary>
    int VocabularySize { get; }

    /// <summary>Encodes a text and appends its ids to <paramref name="output"/>.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="specialTokens">Whether spelled-out added tokens become their ids.</param>
    /// <param name="output">Receives the ids.</param>
    void Encode(ReadOnlySpan<char> text, SpecialTokenParsing specialTokens, List<int> output);

    /// <summary>Decodes ids.</summary>
    /// <param name="ids">Ids at least 0; those without a token (a model's padding rows) give no text.</param>
    /// <param name="skipSpecialTokens">Whether special tokens (see <see cref="IsSpecialToken"/>) are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative.</exception>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false);

    /// <summary>The UTF-8 bytes of a token, possibly part of a character; empty for an id without a token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    ReadOnlySpan<byte> GetTokenBytes(int id);

    /// <summary>Finds an added token by its exact text, for example <c>&lt;|image_pad|&gt;</c>.</summary>
    /// <returns>Whether the tokenizer has it.</returns>
    bool TryGetAddedToken(string text, out int id);

    /// <summary>Whether the id is an added token marked special: a control token that is no part of an answer's text.</summary>
    bool IsSpecialToken(int id);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="specialTokens">Whether spelled-out added tokens become their ids.</param>
    int[] Encode(ReadOnlySpan<char> text, SpecialTokenParsing specialTokens = SpecialTokenParsing.PlainText)
    {
        var output = new List<int>((text.Length / 3) + 4);
        Encode(text, specialTokens, output);
        return [.. output];
    }
}
