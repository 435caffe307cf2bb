namespace Pixelis.Online;

/// <summary>Who said what is right.</summary>
public enum LabelSource
{
    /// <summary>Nobody yet.</summary>
    None,

    /// <summary>A vote of the agent's own answers and its neighbours'.</summary>
    Vote,

    /// <summary>A person.</summary>
    Person,
}
