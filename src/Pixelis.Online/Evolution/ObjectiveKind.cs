namespace Pixelis.Online;

/// <summary>The objectives that settings can name.</summary>
public enum ObjectiveKind
{
    /// <summary><see cref="Updates.TtrlObjective"/>.</summary>
    Ttrl,

    /// <summary><see cref="Updates.WeightedSftObjective"/>.</summary>
    WeightedSft,
}
