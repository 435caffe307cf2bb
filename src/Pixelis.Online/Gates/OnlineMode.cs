namespace Pixelis.Online;

/// <summary>What an agent that serves may do with what it sees.</summary>
public enum OnlineMode
{
    /// <summary>It collects, learns, and serves what it learnt.</summary>
    Learning,

    /// <summary>It answers with its memory as it is: nothing is collected, learnt or sent to review.</summary>
    ReadOnly,

    /// <summary>It collects and learns, and goes on serving the version it began with: what it would have answered can be compared.</summary>
    Shadow,

    /// <summary>It collects, and answers with its memory; nothing is learnt, and no version is published.</summary>
    Remembering,
}
