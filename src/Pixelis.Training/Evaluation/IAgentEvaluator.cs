namespace Pixelis.Training;

/// <summary>Measures a model by running the agent with it: what training is for, and what a loss on given text does not show.</summary>
public interface IAgentEvaluator
{
    /// <summary>Runs the agent on its examples. The weights do not change meanwhile.</summary>
    /// <param name="step">Steps trained so far.</param>
    /// <param name="cancellationToken">Ends the evaluation early.</param>
    Task<AgentScore> EvaluateAsync(int step, CancellationToken cancellationToken);
}
