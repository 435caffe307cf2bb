namespace Pixelis.Generation;

/// <summary>Where a token came from. Only sampled tokens are ever trained on.</summary>
public enum TokenProvenance : byte
{
    /// <summary>Written by the template, the user or a tool.</summary>
    Injected,

    /// <summary>Sampled by the model.</summary>
    Sampled,
}
