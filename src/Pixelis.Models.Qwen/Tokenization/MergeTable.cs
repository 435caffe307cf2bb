using System.Numerics;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>The merges: a pair of token ids to its rank (its place in the list, lower first) and the id of the joined token.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not merge.</summary>
    public const int NoMerge = int.MaxValue;

    private const ulong Empty = ulong.MaxValue;
    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly HashSet<int> _products = [];

    /// <summary>Makes room for merges.</summary>
    /// <param name="capacity">How many will be added at most.</param>
    public MergeTable(int capacity)
    {
        // At most half full, so that a miss (the common answer) ends after a probe or two.
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, (long)capacity * 2));
        _slots = new Slot[size];
        Array.Fill(_slots, new Slot(Empty, NoMerge, -1));
        _mask = size - 1;
    }

    /// <summary>How many merges there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a merge with the next rank.</summary>
    /// <returns>False when the pair is there already; its first rank stays.</returns>
    public bool Add(int left, int right, int merged)
    {
        ulong key = Key(left, right);
        int index = IndexOf(key);
        bool isNew = _slots[index].Key == Empty;
        if (isNew)
            _slots[index] = new Slot(key, Count, merged);
        _products.Add(merged);
        Count++;
        return isNew;
    }

    /// <summary>The rank of a pair, or <see cref="NoMerge"/>.</summary>
    public int Find(int left, int right, out int merged)
    {
        ref readonly Slot slot = ref _slots[IndexOf(Key(left, right))];
        merged = slot.Merged;
        return slot.Rank;
    }

    /// <summary>Whether a merge makes this token.</summary>
    public bool Produces(int merged) => _products.Contains(merged);

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int IndexOf(ulong key)
    {
        ulong mixed = key * 0x9E3779B97F4A7C15UL;
        int index = (int)(mixed >> 40) & _mask;
        while (_slots[index].Key != key && _slots[index].Key != Empty)
            index = (index + 1) & _mask;
        return index;
    }

    private readonly record struct Slot(ulong Key, int Rank, int Merged);
}
