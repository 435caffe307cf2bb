namespace Pixelis.Online;

/// <summary>Whose vote it is.</summary>
public enum VoteSource
{
    /// <summary>An episode of the agent itself, about this request.</summary>
    Own,

    /// <summary>An experience near the request.</summary>
    Neighbor,
}
