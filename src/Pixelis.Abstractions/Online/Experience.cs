using Pixelis.Trajectories;

namespace Pixelis.Online;

/// <summary>
/// A request that was answered, and what is known about the answer: what a learner remembers. Immutable; a buffer gives out the same
/// record with another <see cref="Id"/>, <see cref="Uses"/> and so on.
/// </summary>
public sealed record Experience
{
    /// <summary>The buffer's own number, from 1, never used twice; 0 for one that no buffer has taken yet.</summary>
    public long Id { get; init; }

    /// <summary>The request's name, as the caller gave it.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whose memory it is: neighbours are found among experiences of the same tenant only.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>A keyed hash of the person it came from, by which it can be erased; null when not known. Never the name itself.</summary>
    public string? Subject { get; init; }

    /// <summary>What was asked, after redaction.</summary>
    public required string Question { get; init; }

    /// <summary>What the agent answered by itself; null for an episode that ended without an answer.</summary>
    public string? Answer { get; init; }

    /// <summary>What is held to be right: by vote, or by a person; null while nobody knows.</summary>
    public string? Label { get; init; }

    /// <summary>Who said what is right.</summary>
    public LabelSource LabelSource { get; init; }

    /// <summary>How sure the label is, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>Where the request is among others: a unit vector, visual and textual parts weighted; its length is the buffer's.</summary>
    public required ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>How much is to be learnt from it, above 0; sampling is proportional to it.</summary>
    public double Priority { get; init; } = 1;

    /// <summary>How often it was a neighbour that voted.</summary>
    public long Uses { get; init; }

    /// <summary>How often it voted for what was then held to be right; at most <see cref="Uses"/>.</summary>
    public long Successes { get; init; }

    /// <summary>When it was taken in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The policy that answered.</summary>
    public string PolicyVersion { get; init; } = "base";

    /// <summary>Where the request came from: a server's endpoint, a file and its line.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>
    /// The episodes of the answer, the served one first. A buffer keeps their records and the pictures and clips of the request
    /// (<see cref="Trajectory.Media"/> whose origin is the question); what tools returned can be had again by replaying them.
    /// </summary>
    public IReadOnlyList<Trajectory> Episodes { get; init; } = [];
}
