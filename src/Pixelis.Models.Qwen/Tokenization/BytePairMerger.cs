using System.Buffers;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// Applies merges to one piece: the pair of lowest rank first, the leftmost among equals, until none is left.
/// </summary>
internal static class BytePairMerger
{
    // Up to this many bytes a rescan of a small array beats any queue; beyond it the quadratic rescan would let a hostile text
    // (a megabyte of letters without a space) take minutes.
    private const int RescanLimit = 96;

    /// <summary>Appends the token ids of a piece to <paramref name="output"/>.</summary>
    /// <param name="bytes">The piece in UTF-8.</param>
    /// <param name="byteTokens">The token id of each byte value.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="output">Receives the ids.</param>
    public static void Merge(ReadOnlySpan<byte> bytes, int[] byteTokens, MergeTable merges, List<int> output)
    {
        if (bytes.Length <= RescanLimit)
            MergeByRescan(bytes, byteTokens, merges, output);
        else
            MergeByQueue(bytes, byteTokens, merges, output);
    }

    private static void MergeByRescan(ReadOnlySpan<byte> bytes, int[] byteTokens, MergeTable merges, List<int> output)
    {
        int count = bytes.Length;
        Span<int> ids = stackalloc int[RescanLimit];
        Span<int> ranks = stackalloc int[RescanLimit]; // of the pair that starts here
        for (int i = 0; i < count; i++)
            ids[i] = byteTokens[bytes[i]];
        for (int i = 0; i + 1 < count; i++)
            ranks[i] = merges.Find(ids[i], ids[i + 1], out _);

        while (count > 1)
        {
            int best = 0;
            for (int i = 1; i < count - 1; i++)
            {
                if (ranks[i] < ranks[best])
                    best = i;
            }
            if (ranks[best] == MergeTable.NoMerge)
                break;
            merges.Find(ids[best], ids[best + 1], out ids[best]);
            ids[(best + 2)..count].CopyTo(ids[(best + 1)..]);
            ranks[(best + 1)..(count - 1)].CopyTo(ranks[best..]);
            count--;
            if (best + 1 < count)
                ranks[best] = merges.Find(ids[best], ids[best + 1], out _);
            if (best > 0)
                ranks[best - 1] = merges.Find(ids[best - 1], ids[best], out _);
        }
        output.AddRange(ids[..count]);
    }

    // A linked list over the bytes and a queue of candidate pairs; a candidate is stale when its place no longer holds the ids it saw.
    private static void MergeByQueue(ReadOnlySpan<byte> bytes, int[] byteTokens, MergeTable merges, List<int> output)
    {
        int count = bytes.Length;
        int[] buffer = ArrayPool<int>.Shared.Rent(3 * count);
        Span<int> ids = buffer.AsSpan(0, count);
        Span<int> previous = buffer.AsSpan(count, count);
        Span<int> next = buffer.AsSpan(2 * count, count);
        var queue = new PriorityQueue<Candidate, long>();
        for (int i = 0; i < count; i++)
        {
            ids[i] = byteTokens[bytes[i]];
            previous[i] = i - 1;
            next[i] = i + 1 < count ? i + 1 : -1;
        }
        for (int i = 0; i + 1 < count; i++)
            Offer(queue, merges, ids, i, i + 1);

        while (queue.TryDequeue(out Candidate pair, out _))
        {
            int right = next[pair.Place];
            if (right < 0 || ids[pair.Place] != pair.Left || ids[right] != pair.Right)
                continue;
            merges.Find(pair.Left, pair.Right, out ids[pair.Place]);
            ids[right] = -1;
            int after = next[right];
            next[pair.Place] = after;
            if (after >= 0)
            {
                previous[after] = pair.Place;
                Offer(queue, merges, ids, pair.Place, after);
            }
            if (previous[pair.Place] >= 0)
                Offer(queue, merges, ids, previous[pair.Place], pair.Place);
        }
        for (int i = 0; i >= 0; i = next[i])
            output.Add(ids[i]);
        ArrayPool<int>.Shared.Return(buffer);
    }

    private static void Offer(PriorityQueue<Candidate, long> queue, MergeTable merges, ReadOnlySpan<int> ids, int left, int right)
    {
        int rank = merges.Find(ids[left], ids[right], out _);
        if (rank != MergeTable.NoMerge)
            queue.Enqueue(new Candidate(left, ids[left], ids[right]), ((long)rank << 32) | (uint)left);
    }

    private readonly record struct Candidate(int Place, int Left, int Right);
}
