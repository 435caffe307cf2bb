namespace Pixelis.Tools.Visual;

/// <summary>Finds the object at a point. Implementations are safe to call from several threads and do not change the image.</summary>
public interface ISegmenter
{
    /// <summary>Segments the object that holds a point.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="prompt">Where the object is.</param>
    /// <param name="cancellationToken">Stops the work at the next step.</param>
    /// <exception cref="VisualArgumentException">The point lies outside the image or the box, or the box holds no pixel of the image.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    SegmentedObject Segment(PixelImage image, SegmentationPrompt prompt, CancellationToken cancellationToken = default);
}
