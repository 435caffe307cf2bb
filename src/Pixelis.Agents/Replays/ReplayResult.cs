using Pixelis.Modeling;

namespace Pixelis.Agents.Replays;

/// <summary>A trajectory rendered again.</summary>
/// <param name="Rendered">Token ids, provenance and patches as rendered now.</param>
/// <param name="Difference">The first difference to the record; null when there is none.</param>
public sealed record ReplayResult(PreparedConversation Rendered, ReplayDifference? Difference)
{
    /// <summary>Whether every token id and its provenance are those of the record.</summary>
    public bool IsExact => Difference is null;
}
