namespace Pixelis.Agents;

/// <summary>An episode was cancelled; what there was of it is kept.</summary>
/// <param name="answer">The episode so far.</param>
/// <param name="cancellationToken">The token that was cancelled.</param>
public sealed class AgentCanceledException(AgentAnswer answer, CancellationToken cancellationToken)
    : OperationCanceledException("The episode was cancelled.", cancellationToken)
{
    /// <summary>The episode so far.</summary>
    public AgentAnswer Answer { get; } = answer;
}
