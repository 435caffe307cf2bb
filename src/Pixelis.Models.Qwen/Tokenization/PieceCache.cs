using System.Runtime.InteropServices;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// Remembers the ids of recent short pieces. A fixed number of places, each overwritten by the next piece that falls there, so that
/// memory stays bounded whatever is encoded. Safe to share between threads: an entry never changes and is published by one reference write.
/// </summary>
internal sealed class PieceCache
{
    /// <summary>Longer pieces (UTF-16 units) are not kept.</summary>
    public const int MaxPieceLength = 32;

    private const int PlaceCount = 1 << 15;
    private readonly Entry?[] _places = new Entry?[PlaceCount];

    /// <summary>A hash to pass to <see cref="Find"/> and <see cref="Add"/>.</summary>
    public static uint Hash(ReadOnlySpan<char> piece)
    {
        ulong hash = (ulong)piece.Length * 0x9E3779B97F4A7C15UL;
        while (piece.Length >= 4)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(piece))) * 0xFF51AFD7ED558CCDUL;
            hash ^= hash >> 32;
            piece = piece[4..];
        }
        foreach (char c in piece)
            hash = (hash ^ c) * 0xFF51AFD7ED558CCDUL;
        return (uint)(hash >> 32);
    }

    /// <summary>The ids of a piece, or null.</summary>
    public int[]? Find(ReadOnlySpan<char> piece, uint hash)
    {
        Entry? entry = Volatile.Read(ref _places[hash % PlaceCount]);
        return entry is not null && entry.Hash == hash && piece.SequenceEqual(entry.Piece) ? entry.Ids : null;
    }

    /// <summary>Remembers a piece's ids.</summary>
    public void Add(ReadOnlySpan<char> piece, uint hash, ReadOnlySpan<int> ids) =>
        Volatile.Write(ref _places[hash % PlaceCount], new Entry(hash, piece.ToArray(), ids.ToArray()));

    private sealed record Entry(uint Hash, char[] Piece, int[] Ids);
}
