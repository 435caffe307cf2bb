namespace Pixelis.Online.State;

/// <summary>Where a version stands.</summary>
public enum VersionStanding
{
    /// <summary>It answers.</summary>
    Serving,

    /// <summary>It was published and is not served: another mode, or a later version answers.</summary>
    Published,

    /// <summary>It was not published: the canary set or another check refused it.</summary>
    Refused,

    /// <summary>It was served and taken back.</summary>
    RolledBack,
}
