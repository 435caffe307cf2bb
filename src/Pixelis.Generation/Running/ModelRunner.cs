using System.Runtime.InteropServices;
using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Generation.Running;

/// <summary>
/// The forward passes of one model. All tensor work is synchronous and stays within one call: scopes and inference mode belong to a thread.
/// Passes of one runner never overlap (<see cref="Run"/>, <see cref="RunAsync"/>), whichever threads ask for them.
/// </summary>
internal sealed class ModelRunner : IDisposable
{
    private const int FirstGrowth = 2048;

    private readonly ICausalModel _model;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ModelThread _thread = new();

    public ModelRunner(ICausalModel model, GeneratorOptions options)
    {
        _model = model;
        ContextLength = options.ContextLength ?? model.Description.ContextLength;
        PrefillTokens = options.PrefillTokens ?? (model.Device.type == DeviceType.CPU ? 512 : 4096);
        if (ContextLength < 1 || ContextLength > model.Description.ContextLength)
        {
            throw new ArgumentException(
                $"The context length is {ContextLength}; expected 1 to {model.Description.ContextLength}, which the model was made for.",
                nameof(options));
        }
        if (options.MaxBatch < 1)
            throw new ArgumentException($"MaxBatch is {options.MaxBatch}; expected at least 1.", nameof(options));
        Steps = new StepGatherer(this, options.MaxBatch);
        Prompts = options.SharesPrompts ? new SharedPrompts() : null;
        if (PrefillTokens < 1)
            throw new ArgumentException($"PrefillTokens is {PrefillTokens}; expected at least 1.", nameof(options));
    }

    /// <summary>Most tokens of a sequence.</summary>
    public int ContextLength { get; }

    /// <summary>Most prompt tokens of a pass.</summary>
    public int PrefillTokens { get; }

    /// <summary>Makes one pass of the decoding steps of several sequences.</summary>
    public StepGatherer Steps { get; }

    /// <summary>Prompts that several sequences may begin with; null when none are shared.</summary>
    public SharedPrompts? Prompts { get; }

    /// <summary>Entries of a row of logits.</summary>
    public int VocabularySize => _model.Description.VocabularySize;

    /// <summary>Runs tensor work on this thread when no other pass is running.</summary>
    public void Run(Action work, CancellationToken cancellationToken)
    {
        _gate.Wait(cancellationToken);
        try
        {
            work();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs tensor work on the model's thread when no other pass is running.</summary>
    public async Task RunAsync(Action work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _thread.RunAsync(work).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>An empty cache with room for the given tokens; it grows later as needed.</summary>
    public KeyValueCache CreateCache(int columns) => _model.CreateCache(1, Math.Clamp(columns, 1, ContextLength));

    /// <summary>Columns to reserve for a turn: all of a short one, a first part of a long one.</summary>
    public int RoomFor(int length, int maxNewTokens) => (int)Math.Min((long)length + Math.Min(maxNewTokens, FirstGrowth), ContextLength);

    /// <summary>Reads tokens [start, end) of a prompt into a one-row cache.</summary>
    /// <param name="cache">The row's cache; it grows if it must.</param>
    /// <param name="prompt">What to read.</param>
    /// <param name="start">First token.</param>
    /// <param name="end">After the last token.</param>
    /// <param name="logits">Receives the logits that follow the last token; null when they are not wanted.</param>
    public void Read(KeyValueCache cache, Prompt prompt, int start, int end, float[]? logits)
    {
        Grow(cache, end - start);
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        ModelInputs inputs = PromptInputs.Slice(prompt, start, end, _model.Device);
        LogitsSelection selection = logits is null ? LogitsSelection.None : LogitsSelection.Last;
        ModelOutput output = _model.Forward(inputs, cache, new ForwardOptions { Logits = selection });
        CopyRows(output.Logits, [logits]);
    }

    /// <summary>Adds one token to every row of a cache.</summary>
    /// <param name="cache">The rows' cache; it grows if it must.</param>
    /// <param name="tokens">One token a row.</param>
    /// <param name="logits">Receives each row's logits; a null entry is not filled.</param>
    public void Advance(KeyValueCache cache, long[] tokens, IReadOnlyList<float[]?> logits)
    {
        Grow(cache, 1);
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        var inputs = new ModelInputs { InputIds = torch.tensor(tokens, [tokens.Length, 1], device: _model.Device) };
        ModelOutput output = _model.Forward(inputs, cache, new ForwardOptions { Logits = LogitsSelection.Last });
        CopyRows(output.Logits, logits);
    }

    /// <summary>Adds one token to each of several sequences, which may be of different lengths.</summary>
    public void Advance(DecodeStep[] steps)
    {
        // Sequences that share a prompt stand together, so that attention reads it once.
        DecodeStep[] rows = [.. steps.OrderBy(step => step.PromptKey, StringComparer.Ordinal).ThenBy(step => step.Cache.PrefixLength)];
        foreach (DecodeStep row in rows)
            Grow(row.Cache, 1);
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor tokens = torch.tensor(Array.ConvertAll(rows, row => row.Token), [rows.Length, 1], device: _model.Device);
        ModelOutput output = _model.Advance(tokens, new KeyValueRows(Array.ConvertAll(rows, row => row.Cache)));
        CopyRows(output.Logits, Array.ConvertAll(rows, row => row.Logits));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _thread.Dispose();
        _gate.Dispose();
    }

    private void Grow(KeyValueCache cache, int columns)
    {
        int needed = cache.Length + columns;
        if (needed > cache.Capacity)
            cache.Reserve(Math.Max(needed, Math.Min(cache.Capacity * 2, Math.Max(ContextLength, needed))));
    }

    private static void CopyRows(Tensor? logits, IReadOnlyList<float[]?> rows)
    {
        if (logits is null)
            return;
        Tensor plain = logits.to(ScalarType.Float32).cpu().contiguous();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(plain.bytes);
        int vocabulary = values.Length / rows.Count;
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row] is { } target)
                values.Slice(row * vocabulary, vocabulary).CopyTo(target);
        }
    }
}
