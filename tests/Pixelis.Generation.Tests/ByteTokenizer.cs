using System.Text;
using Pixelis.Modeling;

namespace Pixelis.Generation.Tests;

/// <summary>Token id = byte value of UTF-8; ids from 256 are special and have no text.</summary>
internal sealed class ByteTokenizer : ITextTokenizer
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    public int VocabularySize => 320;

    public void Encode(ReadOnlySpan<char> text, SpecialTokenParsing specialTokens, List<int> output) =>
        output.AddRange(Encoding.UTF8.GetBytes(text.ToString()).Select(b => (int)b));

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        var bytes = new List<byte>();
        foreach (int id in ids)
            bytes.AddRange(GetTokenBytes(id));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    public ReadOnlySpan<byte> GetTokenBytes(int id) => id < 256 ? Bytes.AsSpan(id, 1) : [];

    public bool TryGetAddedToken(string text, out int id)
    {
        id = 0;
        return false;
    }

    public bool IsSpecialToken(int id) => id >= 256;
}
