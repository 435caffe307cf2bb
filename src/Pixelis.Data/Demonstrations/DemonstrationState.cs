using Pixelis.Generation;

namespace Pixelis.Data.Demonstrations;

/// <summary>What a demonstrator knows when it takes a turn: the truth, how large the media are seen, what the tools said last.</summary>
/// <param name="Example">The task.</param>
/// <param name="Seen">Seen sizes of the pictures so far, in the order of their numbers.</param>
/// <param name="Observations">Texts of the tool turns so far.</param>
/// <param name="Pictures">Pictures of the last tool turn.</param>
internal sealed record DemonstrationState(
    Example Example, IReadOnlyList<SeenSize> Seen, IReadOnlyList<string> Observations, IReadOnlyList<PixelImage> Pictures)
{
    public string LastObservation => Observations.Count == 0 ? "" : Observations[^1];

    /// <summary>The last picture a tool returned, if the model sees it pixel for pixel; null otherwise.</summary>
    public PixelImage? SharpPicture => Pictures is [.., var shown] && Seen[^1].Width >= shown.Width && Seen[^1].Height >= shown.Height ? shown : null;
}
