namespace Pixelis.Online;

/// <summary>What kind of answers a question can have.</summary>
public enum AnswerSpaceKind
{
    /// <summary>Anything.</summary>
    Open,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>Choices with letters.</summary>
    Choices,

    /// <summary>A number of things that are counted: few values, though none is ruled out.</summary>
    Count,

    /// <summary>A known number of answers of any other kind.</summary>
    Closed,
}
