using System.Buffers;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Finds added tokens in text: the leftmost match, the longest among those that start at one place.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly SearchValues<char> _firstCharacters;
    private readonly Dictionary<char, AddedToken[]> _byFirstCharacter;

    /// <summary>Prepares the search for some tokens.</summary>
    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _byFirstCharacter = tokens.GroupBy(t => t.Content[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Content.Length).ToArray());
        _firstCharacters = SearchValues.Create([.. _byFirstCharacter.Keys]);
    }

    /// <summary>Finds the first added token at or after <paramref name="start"/>.</summary>
    /// <returns>Its place, or -1 when there is none.</returns>
    public int Find(ReadOnlySpan<char> text, int start, out AddedToken? token)
    {
        while (start < text.Length)
        {
            int offset = text[start..].IndexOfAny(_firstCharacters);
            if (offset < 0)
                break;
            start += offset;
            foreach (AddedToken candidate in _byFirstCharacter[text[start]])
            {
                if (text[start..].StartsWith(candidate.Content, StringComparison.Ordinal))
                {
                    token = candidate;
                    return start;
                }
            }
            start++;
        }
        token = null;
        return -1;
    }
}
