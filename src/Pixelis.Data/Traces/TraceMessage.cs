namespace Pixelis.Data;

/// <summary>A message of a trace in the form a model reads.</summary>
/// <param name="Message">Role, text and media in the order the model saw them.</param>
/// <param name="IsTarget">Whether its tokens are trained on; false for every message that is not the model's.</param>
public sealed record TraceMessage(Message Message, bool IsTarget);
