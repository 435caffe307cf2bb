namespace Pixelis.Data;

/// <summary>What a medium of an example is.</summary>
public enum MediaKind
{
    /// <summary>One picture.</summary>
    Image,

    /// <summary>A clip: several pictures of one size in order of time.</summary>
    Video,
}
