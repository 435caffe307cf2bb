using System.Runtime.InteropServices;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// Finds the most frequent pair of neighbours again and again. Counts are kept up to date per merge, touching only the words that hold
/// the pair; the queue holds outdated counts too, which are corrected when they come up.
/// </summary>
internal sealed class MergeLearner
{
    private readonly List<(int[] Ids, long Count)> _words;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];
    private readonly PriorityQueue<(int Left, int Right), (long NegativeCount, int Left, int Right)> _queue = new();

    /// <summary>Counts the pairs of some words.</summary>
    /// <param name="words">Words as ids, and how often each occurs.</param>
    public MergeLearner(List<(int[] Ids, long Count)> words)
    {
        _words = words;
        var changed = new HashSet<(int Left, int Right)>();
        for (int word = 0; word < words.Count; word++)
            Count(word, +1, changed);
        Enqueue(changed);
    }

    /// <summary>The most frequent pair that occurs at least twice.</summary>
    public bool TryNext(out int left, out int right)
    {
        while (_queue.TryDequeue(out (int Left, int Right) pair, out (long NegativeCount, int, int) priority))
        {
            long count = _counts.GetValueOrDefault(pair);
            if (count != -priority.NegativeCount)
                continue; // its present count is in the queue as well
            if (count < 2)
                break;
            (left, right) = pair;
            return true;
        }
        left = right = -1;
        return false;
    }

    /// <summary>Joins a pair to a token in every word.</summary>
    public void Apply(int left, int right, int joined)
    {
        var changed = new HashSet<(int Left, int Right)>();
        if (!_places.Remove((left, right), out HashSet<int>? words))
            return;
        foreach (int word in words)
        {
            Count(word, -1, changed);
            _words[word] = (Join(_words[word].Ids, left, right, joined), _words[word].Count);
            Count(word, +1, changed);
        }
        _counts.Remove((left, right));
        changed.Remove((left, right));
        Enqueue(changed);
    }

    private void Count(int word, int sign, HashSet<(int Left, int Right)> changed)
    {
        (int[] ids, long count) = _words[word];
        for (int i = 0; i + 1 < ids.Length; i++)
        {
            (int Left, int Right) pair = (ids[i], ids[i + 1]);
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += sign * count;
            changed.Add(pair);
            if (sign < 0)
                continue;
            ref HashSet<int>? words = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, pair, out _);
            (words ??= []).Add(word);
        }
    }

    private void Enqueue(HashSet<(int Left, int Right)> changed)
    {
        foreach ((int Left, int Right) pair in changed)
        {
            if (_counts.GetValueOrDefault(pair) is > 1 and var count)
                _queue.Enqueue(pair, (-count, pair.Left, pair.Right));
        }
    }

    private static int[] Join(int[] ids, int left, int right, int joined)
    {
        var result = new List<int>(ids.Length);
        for (int i = 0; i < ids.Length; i++)
        {
            bool isPair = i + 1 < ids.Length && ids[i] == left && ids[i + 1] == right;
            result.Add(isPair ? joined : ids[i]);
            i += isPair ? 1 : 0;
        }
        return [.. result];
    }
}
