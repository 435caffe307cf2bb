namespace Pixelis.Online;

/// <summary>What a mode permits.</summary>
/// <param name="Votes">Whether neighbours vote on answers.</param>
/// <param name="Collects">Whether requests become experiences, and counts of votes are kept.</param>
/// <param name="Reviews">Whether a share goes to human review.</param>
/// <param name="Learns">Whether updates are made, and versions published.</param>
/// <param name="ServesLearnt">Whether versions published from now on are served.</param>
internal readonly record struct OnlinePermissions(bool Votes, bool Collects, bool Reviews, bool Learns, bool ServesLearnt)
{
    /// <summary>What a mode permits.</summary>
    public static OnlinePermissions Of(OnlineMode mode) => mode switch
    {
        OnlineMode.Learning => new OnlinePermissions(Votes: true, Collects: true, Reviews: true, Learns: true, ServesLearnt: true),
        OnlineMode.ReadOnly => new OnlinePermissions(Votes: true, Collects: false, Reviews: false, Learns: false, ServesLearnt: false),
        OnlineMode.Shadow => new OnlinePermissions(Votes: true, Collects: true, Reviews: true, Learns: true, ServesLearnt: false),
        OnlineMode.Remembering => new OnlinePermissions(Votes: true, Collects: true, Reviews: true, Learns: false, ServesLearnt: false),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A known mode was expected."),
    };
}
