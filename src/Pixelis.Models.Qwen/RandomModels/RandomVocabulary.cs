namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>
/// A byte-level vocabulary of any size, made without a text: the 256 bytes, then letters joined to ever longer pieces, commonest letters
/// first. It encodes and decodes every text exactly; its pieces are letters in a row, not words of a language.
/// </summary>
internal sealed class RandomVocabulary
{
    private const string Letters = "etaoinshrdlucmfwypvbgkjqxz";
    private const char Space = 'Ġ'; // how byte-level vocabularies spell the space

    private readonly List<string> _tokens = [];
    private readonly List<(string Left, string Right)> _merges = [];
    private readonly int _size;

    public RandomVocabulary(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 256);
        _size = size;
        _tokens.AddRange(ByteSpellings());
        string[] letters = [.. Letters.Select(letter => letter.ToString())];
        string[] pairs = [.. letters.SelectMany(first => letters, (first, second) => first + second)];
        AddAll([Space.ToString()], letters);
        AddAll(letters, letters);
        AddAll([.. Letters.Select(letter => $"{Space}{letter}")], letters);
        AddAll(pairs, letters);
        AddAll(pairs, pairs);
        if (_tokens.Count < size)
            throw new ArgumentOutOfRangeException(nameof(size), $"At most {_tokens.Count} tokens can be made, not {size}.");
    }

    /// <summary>Spelling of each token, by id.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Merges in the order of their rank.</summary>
    public IReadOnlyList<(string Left, string Right)> Merges => _merges;

    // The customary order of byte-level vocabularies: printable bytes stand for themselves and come first, the others are
    // spelled with characters from U+0100 on.
    private static IEnumerable<string> ByteSpellings()
    {
        int[] printable = [.. Enumerable.Range('!', '~' - '!' + 1), .. Enumerable.Range(0xA1, 0xAC - 0xA1 + 1), .. Enumerable.Range(0xAE, 0xFF - 0xAE + 1)];
        int others = 256 - printable.Length;
        return printable.Select(value => ((char)value).ToString()).Concat(Enumerable.Range(0, others).Select(index => ((char)(0x100 + index)).ToString()));
    }

    private void AddAll(string[] lefts, string[] rights)
    {
        foreach (string right in rights)
        {
            foreach (string left in lefts)
            {
                if (_tokens.Count == _size)
                    return;
                _tokens.Add(left + right);
                _merges.Add((left, right));
            }
        }
    }
}
