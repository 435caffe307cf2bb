using System.Runtime.CompilerServices;
using Pixelis.Generation.Running;
using Pixelis.Generation.Sampling;
using Pixelis.Generation.Stopping;
using Pixelis.Modeling;

namespace Pixelis.Generation;

/// <summary>
/// A sequence that only ever grows: prompts are appended, the model continues it, and its cache is kept, so that a new turn reads new
/// tokens only.
/// Not thread-safe; different sequences of one generator may run at the same time.
/// </summary>
public sealed class TokenSequence : IDisposable
{
    private readonly Generator _generator;
    private readonly ModelRunner _runner;
    private readonly List<ConversationToken> _tokens = [];
    private readonly List<VisualInput> _unread = []; // positions are those of the whole sequence
    private KeyValueCache? _cache;
    private float[]? _logits;
    private int _logitsAt;        // tokens that the logits follow
    private string? _promptKey;   // of the first prompt, when others may share it

    internal TokenSequence(Generator generator, ModelRunner runner)
    {
        _generator = generator;
        _runner = runner;
    }

    /// <summary>Every token so far, in order.</summary>
    public IReadOnlyList<ConversationToken> Tokens => _tokens;

    /// <summary>Tokens that are in the cache; the others are read when the next turn starts.</summary>
    public int CachedLength => _cache?.Length ?? 0;

    /// <summary>The last turn that ended by itself; null before the first.</summary>
    public GeneratedTurn? LastTurn { get; private set; }

    /// <summary>Refuses a number of further tokens that would leave no room for a token of the model.</summary>
    /// <exception cref="ContextLengthException">They do not fit.</exception>
    public void EnsureRoom(int count) => _generator.CheckRoom(checked(_tokens.Count + count));

    /// <summary>Appends tokens that the model did not sample. No work is done yet.</summary>
    /// <exception cref="ContextLengthException">They leave no room for a token of the model; nothing was appended.</exception>
    /// <exception cref="ArgumentException">A token id is not in the vocabulary; nothing was appended.</exception>
    public void Append(Prompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        _generator.CheckIds(prompt);
        EnsureRoom(prompt.Length);
        _unread.AddRange(prompt.Visuals.Select(v => v with { Start = v.Start + _tokens.Count }));
        _tokens.AddRange(prompt.TokenIds.Select(id => new ConversationToken(id, TokenProvenance.Injected)));
    }

    /// <summary>
    /// Lets the model continue, token by token. Every token that was returned is part of the sequence, also when the turn is cancelled
    /// or the caller stops listening.
    /// </summary>
    /// <param name="options">Sampling and stop rules.</param>
    /// <param name="cancellationToken">Stops within one decoded token or one prefill pass.</param>
    /// <exception cref="ContextLengthException">There is no room for a token.</exception>
    /// <exception cref="InvalidOperationException">The sequence is empty.</exception>
    public IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (_tokens.Count == 0)
            throw new InvalidOperationException("The sequence is empty: append a prompt first.");
        _generator.CheckRoom(_tokens.Count);
        return Continue(options, _generator.StartTurn(options, _tokens.Count), cancellationToken);
    }

    /// <summary>Frees the cache.</summary>
    public void Dispose()
    {
        if (_cache is not null && _runner.Prompts is { } prompts)
            prompts.Release(_promptKey, _cache);
        else
            _cache?.Dispose();
        _cache = null;
    }

    private async IAsyncEnumerable<GeneratedToken> Continue(
        GenerationOptions options, TurnRecorder recorder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ReadNewAsync(options.MaxNewTokens, cancellationToken).ConfigureAwait(false);
        var row = new DecodeRow(new SequenceSampler(options, _tokens.Select(t => t.Id)), recorder, _logits!);
        var step = new DecodeStep(_cache!, _logits!, _promptKey);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                GeneratedToken token = row.Draw();
                _tokens.Add(new ConversationToken(token.Id, TokenProvenance.Sampled, token.LogProbability));
                if (row.Finished)
                    LastTurn = recorder.ToTurn();
                yield return token;
                if (row.Finished)
                    yield break;
                ObjectDisposedException.ThrowIf(_cache is null, this);
                step.Token = token.Id;
                await _runner.Steps.AdvanceAsync(step, cancellationToken).ConfigureAwait(false);
                _logitsAt = _tokens.Count;
            }
        }
        finally
        {
            _runner.Steps.Leave(step);
        }
    }

    /// <summary>Brings cache and logits up to the last token, pass by pass; what a cancelled call has read stays read.</summary>
    private async Task ReadNewAsync(int maxNewTokens, CancellationToken cancellationToken)
    {
        if (_cache is not null && _cache.Length == _tokens.Count)
        {
            if (_logitsAt == _tokens.Count)
                return; // a turn was broken off after its last token was read
            _cache.Truncate(_tokens.Count - 1); // a pass failed after it: the token is read again
        }
        int start = CachedLength, room = _runner.RoomFor(_tokens.Count, maxNewTokens);
        var unread = new Prompt([.. _tokens.Skip(start).Select(t => t.Id)], [.. _unread.Select(v => v with { Start = v.Start - start })]);
        using IDisposable? reading = _cache is null ? await ShareAsync(unread, room, cancellationToken).ConfigureAwait(false) : null;
        if (CachedLength == _tokens.Count)
            return;
        await _runner.RunAsync(() => Prepare(room), cancellationToken).ConfigureAwait(false);
        int done = 0;
        foreach (int end in PromptSlices.Ends(unread, _runner.PrefillTokens))
        {
            float[]? wanted = end == unread.Length ? _logits : null;
            await _runner.RunAsync(() => _runner.Read(_cache!, unread, done, end, wanted), cancellationToken).ConfigureAwait(false);
            done = end;
            _unread.RemoveAll(v => v.End <= start + end);
        }
        _logitsAt = _tokens.Count;
        if (reading is not null)
            _runner.Prompts!.Add(reading, _promptKey!, _cache!, _logits!);
    }

    /// <summary>Takes over a first prompt that another sequence holds; or returns, to be disposed, the right to be the one that reads it.</summary>
    private async Task<IDisposable?> ShareAsync(Prompt prompt, int room, CancellationToken cancellationToken)
    {
        _promptKey = _runner.Prompts is null ? null : SharedPrompts.KeyOf(prompt);
        if (_promptKey is not { } key)
            return null;
        while (true)
        {
            IDisposable? reading = await _runner.Prompts!.BeginReadingAsync(key, cancellationToken).ConfigureAwait(false);
            if (reading is not null)
                return reading;
            await _runner.RunAsync(() => Fork(key, room), cancellationToken).ConfigureAwait(false);
            if (_cache is not null)
                return null;
        }
    }

    private void Fork(string key, int room)
    {
        _logits ??= new float[_runner.VocabularySize];
        _cache = _runner.Prompts!.TryFork(key, room, _logits);
        if (_cache is null)
            return;
        _unread.Clear();
        _logitsAt = _cache.Length;
    }

    private void Prepare(int room)
    {
        _logits ??= new float[_runner.VocabularySize];
        _cache ??= _runner.CreateCache(room);
        _cache.Reserve(room);
    }
}
