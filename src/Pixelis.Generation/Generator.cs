using Pixelis.Generation.Running;
using Pixelis.Generation.Sampling;
using Pixelis.Generation.Stopping;
using Pixelis.Modeling;

namespace Pixelis.Generation;

/// <summary>
/// Turns a causal model's logits into tokens: single sequences that grow (<see cref="StartSequence"/>), batches of different prompts,
/// and groups that
/// share one prompt. Thread-safe: forward passes of the model never overlap, and sequences that are continued at the same time share them.
/// All passes over one model must go through one generator.
/// </summary>
/// <remarks>
/// A prompt is always read alone, so what a batch changes is only the number of rows of a decoding pass. What is drawn for a row
/// depends on its own
/// logits, options and seed; see <see cref="GenerationOptions.Seed"/>.
/// </remarks>
public sealed class Generator : IDisposable
{
    private readonly IReadOnlyList<int> _endOfTurn;
    private readonly ITextTokenizer? _tokenizer;
    private readonly ModelRunner _runner;

    /// <summary>Makes a generator.</summary>
    /// <param name="model">The model; it stays the caller's.</param>
    /// <param name="tokenizer">Turns tokens into text; null leaves all texts empty, and stop strings are then refused.</param>
    /// <param name="options">Context and pass sizes; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Generator(ICausalModel model, ITextTokenizer? tokenizer = null, GeneratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new GeneratorOptions();
        _endOfTurn = [.. options.EndOfTurnTokenIds ?? model.Description.EndOfTurnTokenIds];
        _tokenizer = tokenizer;
        _runner = new ModelRunner(model, options);
    }

    /// <summary>
    /// Most tokens a sequence may hold, prompt and turn together. A turn that reaches it ends with <see cref="FinishReason.Length"/>.
    /// </summary>
    public int ContextLength => _runner.ContextLength;

    /// <summary>Starts an empty sequence. Dispose it to free its cache.</summary>
    public TokenSequence StartSequence() => new(this, _runner);

    /// <summary>Continues several prompts together.</summary>
    /// <param name="requests">At least one; each has its own options and seed.</param>
    /// <param name="cancellationToken">Stops within one decoded token or one prefill pass.</param>
    /// <returns>One turn a request, in order.</returns>
    /// <exception cref="ContextLengthException">A prompt leaves no room for a token; nothing was run.</exception>
    public IReadOnlyList<GeneratedTurn> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfZero(requests.Count);
        foreach (GenerationRequest request in requests)
            Check(request.Prompt, request.Options);
        TurnRecorder[] recorders = [.. requests.Select(r => StartTurn(r.Options, r.Prompt.Length))];
        using DecodeBatch batch = ReadAll(requests, recorders, cancellationToken);
        return Finish(batch, recorders, cancellationToken);
    }

    /// <summary>Continues one prompt several times. The prompt is read once and its cache shared.</summary>
    /// <param name="prompt">The common prompt.</param>
    /// <param name="members">At least one; options and seed of every completion.</param>
    /// <param name="cancellationToken">Stops within one decoded token or one prefill pass.</param>
    /// <returns>One turn a member, in order: the same as each alone would give.</returns>
    /// <exception cref="ContextLengthException">The prompt leaves no room for a token; nothing was run.</exception>
    public IReadOnlyList<GeneratedTurn> GenerateGroup(
        Prompt prompt, IReadOnlyList<GenerationOptions> members, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        foreach (GenerationOptions options in members)
            Check(prompt, options);
        TurnRecorder[] recorders = [.. members.Select(m => StartTurn(m, prompt.Length))];
        var logits = new float[_runner.VocabularySize];
        using KeyValueCache shared = _runner.CreateCache(prompt.Length);
        Read(shared, prompt, logits, cancellationToken);
        KeyValueCache? forked = null;
        int room = _runner.RoomFor(prompt.Length, members.Max(m => m.MaxNewTokens));
        _runner.Run(() => forked = shared.Fork(members.Count, Math.Max(room, prompt.Length + 1)), cancellationToken);
        using var batch = new DecodeBatch(_runner, forked!, members.Select((m, i) =>
            new DecodeRow(new SequenceSampler(m, prompt.TokenIds), recorders[i], [.. logits])));
        return Finish(batch, recorders, cancellationToken);
    }

    /// <summary>Continues one prompt several times with the same options; completion <c>i</c> uses seed + i when a seed is given.</summary>
    /// <inheritdoc cref="GenerateGroup(Prompt, IReadOnlyList{GenerationOptions}, CancellationToken)"/>
    public IReadOnlyList<GeneratedTurn> GenerateGroup(
        Prompt prompt, GenerationOptions options, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        IEnumerable<GenerationOptions> members = Enumerable.Range(0, count).Select(i => options with { Seed = unchecked(options.Seed + (ulong)i) });
        return GenerateGroup(prompt, [.. members], cancellationToken);
    }

    /// <summary>
    /// Sequences that start from now on read their prompts themselves, also where one alive holds the same: to be called when the weights
    /// have changed.
    /// </summary>
    public void ForgetPrompts() => _runner.Prompts?.Forget();

    /// <summary>Frees what the generator itself holds; the model stays.</summary>
    public void Dispose() => _runner.Dispose();

    /// <summary>A recorder for a turn after <paramref name="length"/> tokens, cut off at the end of the context.</summary>
    internal TurnRecorder StartTurn(GenerationOptions options, int length)
    {
        GenerationOptions fitting = options with { MaxNewTokens = Math.Min(options.MaxNewTokens, ContextLength - length) };
        StreamingTextDecoder? decoder = _tokenizer is null ? null : new StreamingTextDecoder(_tokenizer, skipSpecialTokens: true);
        return new TurnRecorder(fitting, _endOfTurn, decoder);
    }

    /// <summary>Refuses a prompt that the model cannot read.</summary>
    internal void CheckIds(Prompt prompt)
    {
        int bad = prompt.TokenIds.FirstOrDefault(id => id >= _runner.VocabularySize, -1);
        if (bad >= 0)
            throw new ArgumentException($"Token id {bad} is not in the model's vocabulary of {_runner.VocabularySize}.", nameof(prompt));
    }

    /// <summary>Refuses a length that leaves no room for a token.</summary>
    internal void CheckRoom(int length)
    {
        if (length >= ContextLength)
        {
            throw new ContextLengthException(
                $"The prompt has {length} tokens; the context holds {ContextLength}, at least one of them for the answer.");
        }
    }

    private void Check(Prompt prompt, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CheckIds(prompt);
        CheckRoom(prompt.Length);
    }

    private DecodeBatch ReadAll(IReadOnlyList<GenerationRequest> requests, TurnRecorder[] recorders, CancellationToken cancellationToken)
    {
        // Each prompt is read alone (no padding is computed), then the rows are joined pairwise, which copies each of them log2(n) times.
        var batches = new List<DecodeBatch>();
        try
        {
            foreach ((GenerationRequest request, TurnRecorder recorder) in requests.Zip(recorders))
            {
                var sampler = new SequenceSampler(request.Options, request.Prompt.TokenIds);
                var row = new DecodeRow(sampler, recorder, new float[_runner.VocabularySize]);
                int length = request.Prompt.Length;
                KeyValueCache cache = _runner.CreateCache(requests.Count == 1 ? _runner.RoomFor(length, request.Options.MaxNewTokens) : length);
                batches.Add(new DecodeBatch(_runner, cache, [row]));
                Read(cache, request.Prompt, row.Logits, cancellationToken);
            }
            for (; batches.Count > 1; batches.RemoveAll(b => b.IsEmpty))
            {
                for (int i = 0; i + 1 < batches.Count; i += 2)
                    _runner.Run(() => batches[i].Join(batches[i + 1]), cancellationToken);
            }
            return batches[0];
        }
        catch
        {
            batches.ForEach(b => b.Dispose());
            throw;
        }
    }

    private void Read(KeyValueCache cache, Prompt prompt, float[] logits, CancellationToken cancellationToken)
    {
        foreach (int end in PromptSlices.Ends(prompt, _runner.PrefillTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _runner.Run(() => _runner.Read(cache, prompt, cache.Length, end, end == prompt.Length ? logits : null), cancellationToken);
        }
    }

    private static GeneratedTurn[] Finish(DecodeBatch batch, TurnRecorder[] recorders, CancellationToken cancellationToken)
    {
        while (batch.Active)
            batch.Step(cancellationToken);
        return [.. recorders.Select(r => r.ToTurn())];
    }
}
