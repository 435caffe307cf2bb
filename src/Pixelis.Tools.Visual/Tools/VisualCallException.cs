namespace Pixelis.Tools.Visual;

/// <summary>An argument of a call that the model should mend; the message is written for the model and becomes its observation.</summary>
public sealed class VisualCallException(string message) : PixelisException(message);
