namespace Pixelis.Tools.Visual;

/// <summary>A word that was read.</summary>
/// <param name="Text">The word with its punctuation.</param>
/// <param name="Box">Where it stands, in pixels of the picture (not of the region).</param>
/// <param name="Confidence">How sure the reader is, 0..1.</param>
/// <param name="Line">Number of its line in reading order, from 0.</param>
/// <param name="Block">Number of its block (a column, a paragraph set apart) in reading order, from 0.</param>
public sealed record RecognizedWord(string Text, PixelRect Box, double Confidence, int Line, int Block);
