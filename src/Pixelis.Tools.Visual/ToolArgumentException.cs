namespace Pixelis.Tools.Visual;

/// <summary>An argument the model should mend; the message is written for the model and becomes its observation.</summary>
public sealed class ToolArgumentException(string message) : PixelisException(message);
