using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Agents;

/// <summary>Names the visual tools an agent gets. Used by <see cref="PixelisAgentBuilderToolExtensions.WithTools"/>.</summary>
public sealed class VisualToolCatalogue
{
    private readonly List<ITool> _tools = [];

    internal IReadOnlyList<ITool> Tools => _tools;

    /// <summary>ZOOM_IN: look closer at a region.</summary>
    public VisualToolCatalogue ZoomIn(ZoomOptions? options = null) => Add(new ZoomTool(options));

    /// <summary>SELECT_FRAMES: look at single frames of a video.</summary>
    public VisualToolCatalogue SelectFrames() => Add(new SelectFramesTool());

    /// <summary>SEGMENT_OBJECT_AT: outline the object at a point.</summary>
    /// <param name="segmenter">The backend; null for GrabCut.</param>
    public VisualToolCatalogue SegmentObjectAt(ISegmenter? segmenter = null) => Add(new SegmentTool(segmenter));

    /// <summary>GET_PROPERTIES: measure an object or region.</summary>
    public VisualToolCatalogue GetProperties() => Add(new PropertiesTool());

    /// <summary>READ_TEXT: read text.</summary>
    /// <param name="reader">The backend; null for tesseract.</param>
    public VisualToolCatalogue ReadText(ITextReader? reader = null) => Add(new ReadTextTool(reader));

    /// <summary>TRACK_OBJECT: follow an object through a video.</summary>
    /// <param name="tracker">The backend; null for CSRT.</param>
    public VisualToolCatalogue TrackObject(IObjectTracker? tracker = null) => Add(new TrackTool(tracker));

    /// <summary>All six.</summary>
    public VisualToolCatalogue All() => ZoomIn().SelectFrames().SegmentObjectAt().GetProperties().ReadText().TrackObject();

    /// <summary>
    /// Pixel-Reasoner's two tools with their released names, arguments and signatures: <c>crop_image_normalized</c> (also called
    /// <c>crop_image</c> and <c>zoom_in</c>) and <c>select_frames</c>. For <see cref="Dialects.AgentDialect.PixelReasoner"/>, without other tools.
    /// </summary>
    public VisualToolCatalogue PixelReasoner() => Add(new PixelReasoner.PixelReasonerCropTool()).Add(new PixelReasoner.PixelReasonerSelectTool());

    /// <summary>A tool of your own.</summary>
    public VisualToolCatalogue Add(ITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        _tools.Add(tool);
        return this;
    }
}
