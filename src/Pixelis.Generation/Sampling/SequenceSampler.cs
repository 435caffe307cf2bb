using System.Buffers;
using System.Numerics.Tensors;
using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Sampling;

/// <summary>
/// Draws the tokens of one sequence. What it draws depends on the sequence's own logits, history, options and seed only.
/// </summary>
/// <remarks>
/// A token is drawn by an exponential race: the token with the largest p / E wins, E being exponential noise that belongs to (seed,
/// step, token);
/// the winner is distributed as p (the Gumbel-max trick without one of its logarithms). Unlike a walk along the cumulative
/// distribution, where a rounding
/// difference in any logit shifts every later border, the race only turns when its two best runners are that close: a token is the same
/// in another batch even where the kernels round differently, but for a chance of about the difference itself.
/// </remarks>
internal sealed class SequenceSampler
{
    private readonly GenerationOptions _options;
    private readonly LogitsPipeline _pipeline;
    private readonly TokenHistory _history;
    private ulong _step;

    /// <summary>Starts a turn.</summary>
    /// <param name="options">Sampling settings, already validated.</param>
    /// <param name="prompt">Tokens in front of the turn; only penalties read them.</param>
    public SequenceSampler(GenerationOptions options, IEnumerable<int> prompt)
    {
        _options = options;
        _pipeline = new LogitsPipeline(options);
        _history = new TokenHistory(options.RepetitionPenalty != 1 ? prompt : []);
        Seed = options.Seed ?? (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
    }

    /// <summary>The seed in use: the one asked for, or the fresh one.</summary>
    public ulong Seed { get; }

    /// <summary>Draws the next token from one row of logits, which is left as it is.</summary>
    /// <exception cref="PixelisException">A logit is NaN or positive infinity, or all are minus infinity.</exception>
    public SampledToken Next(ReadOnlySpan<float> logits)
    {
        double normaliser = LogSoftmax.LogSumExp(logits);
        if (!double.IsFinite(normaliser))
        {
            throw new PixelisException(
                $"The model's logits for token {_step} of the turn are not finite numbers; its weights or activations overflow.");
        }
        int token = _pipeline.IsEmpty && _options.Temperature == 0 ? TensorPrimitives.IndexOfMax(logits) : Choose(logits);
        _step++;
        _history.Add(token);
        return new SampledToken(token, (float)(logits[token] - normaliser));
    }

    private int Choose(ReadOnlySpan<float> logits)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(logits.Length);
        Span<float> row = rented.AsSpan(0, logits.Length);
        logits.CopyTo(row);
        _pipeline.Process(row, _history);
        int token = _options.Temperature == 0
            ? TensorPrimitives.IndexOfMax<float>(row)
            : ExponentialRace.Winner(row, new CounterRandom(Seed, _step));
        ArrayPool<float>.Shared.Return(rented);
        return token;
    }
}
