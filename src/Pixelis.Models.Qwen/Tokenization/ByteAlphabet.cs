using System.Text;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// The reversible spelling of bytes as printable characters in which byte-level vocabularies are written: printable Latin-1 stands for
/// itself, the other 68 bytes take the characters from U+0100 on, in order (GPT-2's table).
/// </summary>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 0x100;
    private static readonly char[] Characters = BuildCharacters();
    private static readonly short[] Bytes = BuildBytes();

    /// <summary>The character that stands for a byte.</summary>
    public static char ToCharacter(byte value) => Characters[value];

    /// <summary>The spelling of some bytes.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var builder = new StringBuilder(bytes.Length);
        foreach (byte b in bytes)
            builder.Append(Characters[b]);
        return builder.ToString();
    }

    /// <summary>
    /// Reads a spelling given as UTF-8 and writes the bytes it stands for (never more than it has bytes itself).
    /// </summary>
    /// <returns>The number of bytes, or -1 when a character is not of the alphabet.</returns>
    public static int Decode(ReadOnlySpan<byte> utf8, Span<byte> bytes)
    {
        int count = 0;
        while (!utf8.IsEmpty)
        {
            int character = utf8[0];
            int length = 1;
            if (character >= 0x80)
            {
                // All of the alphabet is below U+0800, so two bytes at most.
                if ((character & 0xE0) != 0xC0 || utf8.Length < 2)
                    return -1;
                character = ((character & 0x1F) << 6) | (utf8[1] & 0x3F);
                length = 2;
            }
            if (character >= Bytes.Length || Bytes[character] < 0)
                return -1;
            bytes[count++] = (byte)Bytes[character];
            utf8 = utf8[length..];
        }
        return count;
    }

    private static bool StandsForItself(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);

    private static char[] BuildCharacters()
    {
        var characters = new char[256];
        int next = FirstSubstitute;
        for (int value = 0; value < 256; value++)
            characters[value] = (char)(StandsForItself(value) ? value : next++);
        return characters;
    }

    private static short[] BuildBytes()
    {
        var bytes = new short[Characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
            bytes[Characters[value]] = (short)value;
        return bytes;
    }
}
