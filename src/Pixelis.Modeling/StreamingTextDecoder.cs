using System.Text;

namespace Pixelis.Modeling;

/// <summary>
/// Decodes tokens as they arrive and never emits half a character: bytes of an unfinished one wait for the next token.
/// The pieces it returns, joined, equal <see cref="ITextTokenizer.Decode"/> of all ids. One stream per instance; not thread-safe.
/// </summary>
/// <param name="tokenizer">Knows the tokens' bytes.</param>
/// <param name="skipSpecialTokens">Whether special tokens give no text. They do not interrupt an unfinished character.</param>
public sealed class StreamingTextDecoder(ITextTokenizer tokenizer, bool skipSpecialTokens = false)
{
    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false).GetDecoder();

    /// <summary>Takes the next token and returns the text that is complete with it; often empty within a character of several tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    public string Append(int id)
    {
        if (skipSpecialTokens && tokenizer.IsSpecialToken(id))
            return "";
        return Convert(tokenizer.GetTokenBytes(id), flush: false);
    }

    /// <summary>Ends the stream: an unfinished character becomes U+FFFD. The decoder can then be used for another stream.</summary>
    public string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        // Every byte gives at most one UTF-16 unit, and up to three bytes held back from before give at most one more each.
        int capacity = bytes.Length + 4;
        Span<char> chars = capacity <= 256 ? stackalloc char[capacity] : new char[capacity];
        int written = _decoder.GetChars(bytes, chars, flush);
        return written == 0 ? "" : new string(chars[..written]);
    }
}
