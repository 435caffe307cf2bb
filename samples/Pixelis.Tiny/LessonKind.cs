namespace Pixelis.Tiny;

/// <summary>What a lesson is about.</summary>
internal enum LessonKind
{
    /// <summary>Name what is in each cell, row by row.</summary>
    Grid,

    /// <summary>Say in which cell a thing is.</summary>
    Where,

    /// <summary>Say which colour the card has in each frame of a clip.</summary>
    Frames,

    /// <summary>Say which patches of a piece hold strokes of a letter, then which letter it is.</summary>
    DrawLetters,

    /// <summary>Say which patches of a piece hold dots, then how many there are.</summary>
    DrawDots,

    /// <summary>Say which letter is on a piece.</summary>
    NameLetters,

    /// <summary>Say how many dots are on a piece.</summary>
    CountDots,

    /// <summary>Say what follows from what a tool said. No picture.</summary>
    ToolTexts,

    /// <summary>Asked what any picture says, let the tool read all of it and repeat what it read.</summary>
    WholeTexts,

    /// <summary>The same of pictures of any shape, and of texts of several lines.</summary>
    AnyTexts,

    /// <summary>Say where things are that a description named. No picture.</summary>
    RecallPlaces,

    /// <summary>Say letters and digits again. No picture.</summary>
    Copies,
}
