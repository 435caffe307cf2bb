namespace Pixelis.Training;

/// <summary>One evaluation of a run.</summary>
/// <param name="Step">Steps trained before it.</param>
/// <param name="Loss">Mean negative log-probability of the learnt tokens of the held-out examples; null without any.</param>
/// <param name="TokenAccuracy">Share of those tokens that the model finds most probable; null without examples.</param>
/// <param name="Agent">What running the agent showed; null without an evaluator.</param>
/// <param name="Duration">Time it took.</param>
public sealed record EvaluationResult(int Step, double? Loss, double? TokenAccuracy, AgentScore? Agent, TimeSpan Duration)
{
    /// <summary>What is compared to find the best: the agent's accuracy where it was run, else the loss turned around. Higher is better.</summary>
    public double Merit => Agent?.Accuracy ?? -Loss ?? double.NegativeInfinity;
}
