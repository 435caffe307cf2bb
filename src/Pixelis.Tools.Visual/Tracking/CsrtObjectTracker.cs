namespace Pixelis.Tools.Visual;

/// <summary>
/// CSRT (Lukezic and others, 2017) with two additions. A memory of the object's appearance (its first patch, later ones that the
/// following frames have confirmed, and the last frames') is compared with what CSRT holds by normalised correlation, which a change
/// of light leaves alone: after three frames unlike the last ones the object counts as lost. Then the whole frame is searched for the
/// remembered patches at several sizes and turns, and the track goes on where one is found. CSRT's spatial reliability map, which
/// rests on colour, is left out on grey footage. Without state and deterministic.
/// </summary>
public sealed class CsrtObjectTracker : IObjectTracker
{
    /// <summary>A tracker to share; it holds no state.</summary>
    public static CsrtObjectTracker Shared { get; } = new();

    /// <inheritdoc />
    public IObjectTrack Start(PixelImage frame, PixelRect box) => CsrtObjectTrack.Start(frame, box, plain: false);
}
