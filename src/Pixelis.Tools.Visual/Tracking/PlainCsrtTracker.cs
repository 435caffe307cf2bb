namespace Pixelis.Tools.Visual;

/// <summary>
/// CSRT as OpenCV has it, with default parameters and nothing around it: the baseline that <see cref="CsrtObjectTracker"/> is measured
/// against. It says that it lost an object only when CSRT itself does, which is rare; the last box then stands. Without state and deterministic.
/// </summary>
public sealed class PlainCsrtTracker : IObjectTracker
{
    /// <inheritdoc />
    public IObjectTrack Start(PixelImage frame, PixelRect box) => CsrtObjectTrack.Start(frame, box, plain: true);
}
