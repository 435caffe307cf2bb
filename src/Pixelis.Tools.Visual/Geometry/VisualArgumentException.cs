namespace Pixelis.Tools.Visual;

/// <summary>A point, box or option that does not fit its image. The message names the field, what it was and what was expected.</summary>
/// <param name="field">The argument's name.</param>
/// <param name="message">What was expected and what came.</param>
public sealed class VisualArgumentException(string field, string message) : PixelisException($"{field}: {message}")
{
    /// <summary>The argument's name.</summary>
    public string Field { get; } = field;
}
