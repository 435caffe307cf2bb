namespace Pixelis.Data;

/// <summary>The kinds of tasks of PixelBench. Each needs the tool that is named.</summary>
public enum PixelBenchFamily
{
    /// <summary>Which letter is engraved in a named object? ZOOM_IN.</summary>
    Spot,

    /// <summary>What does a sign of a named colour say, in small type? READ_TEXT.</summary>
    Read,

    /// <summary>Which of the irregular shapes is larger? SEGMENT_OBJECT_AT and GET_PROPERTIES.</summary>
    Compare,

    /// <summary>Where does one of several identical movers end? TRACK_OBJECT.</summary>
    Track,

    /// <summary>Which letter is on a card in the one frame in which it has a named colour? SELECT_FRAMES.</summary>
    Frame,

    /// <summary>How many dots are engraved in a named object? ZOOM_IN.</summary>
    Count,
}
