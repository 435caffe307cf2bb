using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>
/// Scores sampled tokens under the weights of now, without gradients: old log-probabilities before a batch's first step, and reference ones under
/// <see cref="ReferencePolicy.Use"/>. Used by the thread that trains.
/// </summary>
public sealed class TokenScorer
{
    private readonly ICausalModel _model;
    private readonly AdapterSet? _adapters;
    private readonly TokenScoringOptions _options;
    private readonly int _paddingToken;

    /// <summary>Makes a scorer.</summary>
    /// <param name="model">The model. Not owned.</param>
    /// <param name="paddingToken">Fills rows when nothing is packed.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="adapters">The model's adapters, whose dropout is off while scoring; null without. Not owned.</param>
    /// <exception cref="PixelisException">An option is out of range.</exception>
    public TokenScorer(ICausalModel model, int paddingToken, TokenScoringOptions? options = null, AdapterSet? adapters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _adapters = adapters;
        _paddingToken = paddingToken;
        _options = options ?? new TokenScoringOptions();
        _options.Validate();
    }

    /// <summary>Scores conversations.</summary>
    /// <param name="conversations">Any number. One without sampled tokens costs nothing and has no scores.</param>
    /// <param name="statesAt">
    /// For each conversation indices of tokens whose last hidden state is wanted: the state after reading the token, in float32, as an embedding
    /// of what was seen so far. Null for none.
    /// </param>
    /// <param name="cancellationToken">Looked at between micro batches.</param>
    /// <returns>One result a conversation, in order. What a model computes that is not a number is handed on as it is; <see cref="PolicyLoss"/> refuses it by name.</returns>
    /// <exception cref="ArgumentException">Lists of states that do not fit.</exception>
    public IReadOnlyList<TokenScores> Score(
        IReadOnlyList<PreparedConversation> conversations, IReadOnlyList<IReadOnlyList<int>>? statesAt = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        Job[] jobs = [.. conversations.Select((conversation, i) => new Job(i, conversation, ConversationCollator.SampledWeights(conversation), statesAt?[i] ?? []))];
        if (statesAt is not null && (statesAt.Count != jobs.Length || jobs.Any(job => job.StatesAt.Any(token => token < 0 || token >= job.Conversation.Length))))
            throw new ArgumentException("States were asked for at tokens that are not there; one list of token indices a conversation was expected.", nameof(statesAt));
        var scores = new TokenScores[jobs.Length];
        Array.Fill(scores, new TokenScores([], _options.Entropies ? [] : null, []));
        Job[] sorted = [.. jobs.Where(job => job.IsNeeded).OrderBy(job => job.Conversation.Length)];
        bool training = _adapters?.Training ?? false;
        using IDisposable noGrad = torch.no_grad();
        try
        {
            if (_adapters is not null)
                _adapters.Training = false;
            foreach (IReadOnlyList<Job> part in MicroBatches.Of(sorted, job => job.Conversation.Length, _options.MicroBatchSize, _options.MicroBatchTokens, _options.Packing))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Run(part, scores);
            }
        }
        finally
        {
            if (_adapters is not null)
                _adapters.Training = training;
        }

        return scores;
    }

    private void Run(IReadOnlyList<Job> part, TokenScores[] scores)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch batch = GradientStep.Collate([.. part.Select(job => job.Conversation)], [.. part.Select(job => job.Weights)], _options.Packing, _paddingToken, _model.Device);
        using IDisposable? region = GradientStep.Region(_options.Autocast, _model.Device);
        (int targets, long[] stateRows) = (batch.Targets.Count, StateRows(part, batch));
        Tensor rows = stateRows.Length == 0 ? batch.TargetRows : torch.cat([batch.TargetRows, torch.tensor(stateRows, device: _model.Device)], 0);
        ModelOutput output = _model.Forward(batch.Inputs, options: new ForwardOptions { LogitRows = rows });
        Tensor logits = output.Logits!.narrow(0, 0, targets);
        (Tensor logProbs, Tensor? entropies) = _options.Entropies ? TokenLogProbs.WithEntropies(logits, batch.TargetIds) : (TokenLogProbs.Of(logits, batch.TargetIds), null);
        float[] read = logProbs.data<float>().ToArray();
        float[]? spread = entropies?.data<float>().ToArray();
        float[] states = stateRows.Length == 0 ? [] : output.LastHiddenState.narrow(1, targets, stateRows.Length).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        int width = stateRows.Length == 0 ? 0 : states.Length / stateRows.Length, token = 0, state = 0;
        foreach (Job job in part)
        {
            int count = job.Weights.Count(weight => weight != 0);
            float[][] own = [.. job.StatesAt.Select((_, i) => states.AsSpan((state + i) * width, width).ToArray())];
            scores[job.Index] = new TokenScores(read[token..(token + count)], spread?[token..(token + count)], own);
            (token, state) = (token + count, state + job.StatesAt.Count);
        }
    }

    private static long[] StateRows(IReadOnlyList<Job> part, ConversationBatch batch)
    {
        long columns = batch.Inputs.InputIds.shape[1], start = 0;
        var rows = new List<long>();
        bool isPacked = batch.Inputs.SequenceLengths.Count > 0;
        foreach (Job job in part)
        {
            rows.AddRange(job.StatesAt.Select(token => start + token));
            start += isPacked ? job.Conversation.Length : columns;
        }

        return [.. rows];
    }

    private sealed record Job(int Index, PreparedConversation Conversation, float[] Weights, IReadOnlyList<int> StatesAt)
    {
        public bool IsNeeded => StatesAt.Count > 0 || Weights.Any(weight => weight != 0);
    }
}
