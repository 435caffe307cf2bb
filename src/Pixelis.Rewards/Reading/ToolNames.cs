namespace Pixelis.Rewards;

/// <summary>The visual tools by the names that rewards know them by. Records hold names as models write them: aliases, any case.</summary>
internal static class ToolNames
{
    public const string ZoomIn = "ZOOM_IN";
    public const string SelectFrames = "SELECT_FRAMES";
    public const string SegmentObjectAt = "SEGMENT_OBJECT_AT";
    public const string GetProperties = "GET_PROPERTIES";
    public const string ReadText = "READ_TEXT";
    public const string TrackObject = "TRACK_OBJECT";

    // The names are written down here since rewards must not draw the tools, and OpenCV with them, into a trainer; a test compares.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["CROP_IMAGE"] = ZoomIn,
        ["CROP_IMAGE_NORMALIZED"] = ZoomIn,
        ["SELECT_FRAME"] = SelectFrames,
        ["SEGMENT"] = SegmentObjectAt,
        ["PROPERTIES"] = GetProperties,
        ["OCR"] = ReadText,
        ["TRACK"] = TrackObject,
    };

    /// <summary>The tool's own name for an alias; other names in upper case; empty for a call that could not be read.</summary>
    public static string Of(string name)
    {
        string upper = name.Trim().ToUpperInvariant();
        return Aliases.GetValueOrDefault(upper, upper);
    }
}
