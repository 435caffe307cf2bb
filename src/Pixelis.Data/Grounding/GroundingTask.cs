namespace Pixelis.Data;

/// <summary>Tasks without tools that teach what is where, before tools are learnt.</summary>
public enum GroundingTask
{
    /// <summary>Name what is in each cell, row by row.</summary>
    Grid,

    /// <summary>Name each object with its row and column.</summary>
    Describe,

    /// <summary>Write the coordinates of a named object, as the tools take them.</summary>
    Point,

    /// <summary>Read a single letter that fills a crop.</summary>
    Glyph,

    /// <summary>Read a short word in large type.</summary>
    Word,

    /// <summary>Count the dots on a plate that fills a crop.</summary>
    Dots,

    /// <summary>Say at which frames of a clip a card has which colour.</summary>
    Frames,
}
