namespace Pixelis.Evaluation;

/// <summary>The boxes of one frame, each with the number of its object: true ones, and those that a tracker reports.</summary>
/// <param name="Truth">True boxes (x, y, width, height) by object.</param>
/// <param name="Found">Reported boxes by the tracker's own numbers, which need not be the truth's.</param>
public sealed record FrameBoxes(
    IReadOnlyDictionary<int, (double X, double Y, double Width, double Height)> Truth,
    IReadOnlyDictionary<int, (double X, double Y, double Width, double Height)> Found);
