using Pixelis.Modeling;

namespace Pixelis.Training;

/// <summary>An example as the trainer reads it.</summary>
/// <param name="Conversation">Tokens and patches.</param>
/// <param name="Weights">Weight of each token in the loss; 0 for what is not learnt.</param>
public sealed record PreparedExample(PreparedConversation Conversation, IReadOnlyList<float> Weights)
{
    /// <summary>Sum of the weights: the example's part of the loss's denominator.</summary>
    public double TotalWeight { get; } = Weights.Sum(w => (double)w);
}
