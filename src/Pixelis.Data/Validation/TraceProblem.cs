namespace Pixelis.Data;

/// <summary>Something wrong with a trace.</summary>
/// <param name="TraceId">The trajectory's name.</param>
/// <param name="Check">Which check failed: schema, actions, replay, answer.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record TraceProblem(string TraceId, string Check, string Field, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{TraceId}: {Check}: field '{Field}': {Message}";
}
