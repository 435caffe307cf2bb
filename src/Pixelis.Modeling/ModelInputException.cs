namespace Pixelis.Modeling;

/// <summary>Inputs that do not fit the model or each other: pictures without placeholders, grids without patches, ids outside the vocabulary.</summary>
public sealed class ModelInputException(string message) : PixelisException(message);
