using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pixelis.Online;

/// <summary>
/// Which answers go to a person: a share of all, drawn by a hash of the request's name, so that the same request is drawn or not wherever
/// and whenever it is asked; and whatever is drawn at a share is drawn at any larger one.
/// </summary>
internal sealed record ReviewSampling
{
    private readonly double _share = 0.02;
    private readonly double _splitBelow = 0.6;

    /// <summary>Share of the requests, 0 to 1. Default 0.02.</summary>
    public double Share
    {
        get => _share;
        init => _share = Gate.Unit(value, nameof(value));
    }

    /// <summary>Another seed draws other requests. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Asks about every split vote besides. Default false.</summary>
    public bool AlwaysWhenSplit { get; init; }

    /// <summary>Majority ratio below which a vote is split, 0 to 1; one without an answer is, too. Default 0.6.</summary>
    public double SplitBelow
    {
        get => _splitBelow;
        init => _splitBelow = Gate.Unit(value, nameof(value));
    }

    /// <summary>Why a person is to be asked about an answer; null when nobody is.</summary>
    /// <param name="requestId">The request's name.</param>
    /// <param name="consensus">What the vote came to.</param>
    public ReviewCause? CauseFor(string requestId, ConsensusResult consensus)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        ArgumentNullException.ThrowIfNull(consensus);
        if (AlwaysWhenSplit && (consensus.Answer is null || consensus.MajorityRatio < SplitBelow))
            return ReviewCause.SplitVote;
        return Place(requestId) < Share ? ReviewCause.Sampled : null;
    }

    // A number in 0..1, 1 excluded, with the 53 bits of a double: the head of a SHA-256 over seed and name.
    private double Place(string requestId)
    {
        byte[] text = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(requestId)];
        BinaryPrimitives.WriteUInt64LittleEndian(text, Seed);
        Encoding.UTF8.GetBytes(requestId, text.AsSpan(sizeof(ulong)));
        ulong head = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(text));
        return (head >> 11) * (1.0 / (1UL << 53));
    }
}
