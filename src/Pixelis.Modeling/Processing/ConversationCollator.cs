using Pixelis.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>Puts prepared conversations side by side.</summary>
public static class ConversationCollator
{
    /// <summary>Weight 1 for every sampled token, 0 for every other: what may be trained on at most.</summary>
    public static float[] SampledWeights(PreparedConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return [.. conversation.Provenance.Select(p => p == TokenProvenance.Sampled ? 1f : 0f)];
    }

    /// <summary>
    /// Makes a batch, padded on the right to its longest conversation. It has no attention mask and needs none: a causal model's real
    /// tokens never look at what stands to their right, and what it computes at padding is read by no target.
    /// </summary>
    /// <param name="conversations">At least one.</param>
    /// <param name="weights">For each conversation one weight a token; tokens with a weight other than 0 become targets. Null: <see cref="SampledWeights"/>.</param>
    /// <param name="paddingToken">Fills the rows.</param>
    /// <param name="device">Where the tensors go; null for the CPU.</param>
    /// <exception cref="ArgumentException">Weights that do not fit, are not finite, or name the first token or an injected one.</exception>
    public static ConversationBatch Collate(
        IReadOnlyList<PreparedConversation> conversations, IReadOnlyList<IReadOnlyList<float>>? weights, int paddingToken, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        ArgumentOutOfRangeException.ThrowIfZero(conversations.Count);
        int length = conversations.Max(c => c.Length);
        var ids = new long[conversations.Count * length];
        Array.Fill(ids, paddingToken);
        for (int row = 0; row < conversations.Count; row++)
        {
            for (int i = 0; i < conversations[row].Length; i++)
                ids[(row * length) + i] = conversations[row].TokenIds[i];
        }

        long[] shape = [conversations.Count, length];
        return Batch(conversations, weights, () => Inputs(conversations, ids, shape, [], device), target => ((long)target.Conversation * length) + target.Token - 1, device);
    }

    private static ConversationBatch Batch(
        IReadOnlyList<PreparedConversation> conversations, IReadOnlyList<IReadOnlyList<float>>? weights, Func<ModelInputs> inputs, Func<TokenTarget, long> rowOf, Device? device)
    {
        weights ??= [.. conversations.Select(SampledWeights)];
        if (weights.Count != conversations.Count)
            throw new ArgumentException($"{weights.Count} lists of weights were given for {conversations.Count} conversations.", nameof(weights));
        var targets = new List<TokenTarget>();
        for (int i = 0; i < conversations.Count; i++)
            AddTargets(targets, i, conversations[i], weights[i]);
        long[] rows = [.. targets.Select(rowOf)];
        long[] ids = [.. targets.Select(t => (long)conversations[t.Conversation].TokenIds[t.Token])];
        float[] factors = [.. targets.Select(t => weights[t.Conversation][t.Token])];
        return new ConversationBatch
        {
            Inputs = inputs(),
            Targets = targets,
            TargetRows = Own(torch.tensor(rows, device: device)),
            TargetIds = Own(torch.tensor(ids, device: device)),
            TargetWeights = Own(torch.tensor(factors, device: device)),
            TokenCount = conversations.Sum(c => c.Length),
        };
    }

    /// <summary>
    /// Makes a batch of one row in which the conversations stand one after another, each for itself (<see cref="ModelInputs.SequenceLengths"/>):
    /// nothing is padded. For models that read that.
    /// </summary>
    /// <param name="conversations">At least one.</param>
    /// <param name="weights">As for <see cref="Collate"/>.</param>
    /// <param name="device">Where the tensors go; null for the CPU.</param>
    /// <exception cref="ArgumentException">As for <see cref="Collate"/>.</exception>
    public static ConversationBatch Pack(IReadOnlyList<PreparedConversation> conversations, IReadOnlyList<IReadOnlyList<float>>? weights, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        ArgumentOutOfRangeException.ThrowIfZero(conversations.Count);
        int[] lengths = [.. conversations.Select(c => c.Length)];
        long[] starts = new long[lengths.Length];
        for (int i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + lengths[i - 1];
        long[] ids = [.. conversations.SelectMany(c => c.TokenIds).Select(id => (long)id)];
        return Batch(conversations, weights, () => Inputs(conversations, ids, [1, ids.Length], lengths, device), target => starts[target.Conversation] + target.Token - 1, device);
    }

    private static void AddTargets(List<TokenTarget> targets, int index, PreparedConversation conversation, IReadOnlyList<float> weights)
    {
        if (weights.Count != conversation.Length)
            throw new ArgumentException($"Conversation {index} has {conversation.Length} tokens but {weights.Count} weights.", nameof(weights));
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] == 0)
                continue;
            if (!float.IsFinite(weights[i]))
                throw new ArgumentException($"Conversation {index}: the weight of token {i} is {weights[i]}; a finite number was expected.", nameof(weights));
            if (i == 0 || conversation.Provenance[i] != TokenProvenance.Sampled)
                throw new ArgumentException($"Conversation {index}: token {i} has a weight of {weights[i]}, but {(i == 0 ? "nothing predicts the first token" : "it was not sampled")}.", nameof(weights));
            targets.Add(new TokenTarget(index, i));
        }
    }

    private static ModelInputs Inputs(IReadOnlyList<PreparedConversation> conversations, long[] ids, long[] shape, IReadOnlyList<int> sequences, Device? device)
    {
        VisualInput[] images = [.. conversations.SelectMany(c => c.Visuals).Where(v => !v.IsVideo)];
        VisualInput[] videos = [.. conversations.SelectMany(c => c.Visuals).Where(v => v.IsVideo)];
        return new ModelInputs
        {
            InputIds = Own(torch.tensor(ids, shape, device: device)),
            SequenceLengths = sequences,
            PixelValues = Patches(images, device),
            ImageGrids = [.. images.Select(v => v.Grid)],
            PixelValuesVideos = Patches(videos, device),
            VideoGrids = [.. videos.Select(v => v.Grid)],
            SecondsPerGrid = [.. videos.Select(v => v.SecondsPerGrid)],
        };
    }

    private static Tensor? Patches(VisualInput[] visuals, Device? device)
    {
        if (visuals.Length == 0)
            return null;
        long rows = visuals.Sum(v => (long)v.Grid.PatchCount);
        var values = new float[visuals.Sum(v => v.Patches.Length)];
        int offset = 0;
        foreach (VisualInput visual in visuals)
        {
            visual.Patches.Span.CopyTo(values.AsSpan(offset));
            offset += visual.Patches.Length;
        }

        return Own(torch.tensor(values, [rows, values.Length / rows], device: device));
    }

    private static Tensor Own(Tensor tensor) => tensor.DetachFromDisposeScope();
}
