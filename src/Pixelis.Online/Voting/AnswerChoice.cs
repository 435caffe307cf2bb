namespace Pixelis.Online;

/// <summary>A choice of a question.</summary>
/// <param name="Letter">Its letter, <c>A</c> to <c>Z</c>.</param>
/// <param name="Text">What it says; empty where it is not known.</param>
public readonly record struct AnswerChoice(char Letter, string Text);
