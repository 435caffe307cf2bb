using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>What a model makes of a conversation it reads: its hidden states, as embeddings.</summary>
public static class ConversationStates
{
    /// <summary>
    /// Reads a conversation once, without gradients, and gives the mean over groups of tokens of the last hidden state (after the final norm), in float32.
    /// Must not overlap with another pass of the same instance.
    /// </summary>
    /// <param name="model">The model. Not owned.</param>
    /// <param name="conversation">What it reads.</param>
    /// <param name="groups">Indices of tokens, a mean each; for no tokens an empty one.</param>
    /// <returns>A vector of the hidden size a group, or an empty one.</returns>
    /// <exception cref="ArgumentException">A token is not there.</exception>
    public static IReadOnlyList<float[]> Means(ICausalModel model, PreparedConversation conversation, params IReadOnlyList<IReadOnlyList<int>> groups)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Any(g => g.Any(token => token < 0 || token >= conversation.Length)))
            throw new ArgumentException($"A state was asked for at a token that is not there; the conversation has {conversation.Length}.", nameof(groups));
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch batch = ConversationCollator.Collate([conversation], null, paddingToken: 0, model.Device);
        using ModelOutput output = model.Forward(batch.Inputs, options: new ForwardOptions { Logits = LogitsSelection.None });
        Tensor states = output.LastHiddenState[0]; // [L, H]
        return [.. groups.Select(g => g.Count == 0 ? [] : MeanOf(states, g))];
    }

    private static float[] MeanOf(Tensor states, IReadOnlyList<int> tokens)
    {
        Tensor rows = torch.tensor(tokens.Select(t => (long)t).ToArray(), device: states.device);
        return states.index_select(0, rows).to(ScalarType.Float32).mean([0]).cpu().contiguous().data<float>().ToArray();
    }
}
