using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Positions, masks and cache bookkeeping of one forward pass.</summary>
internal sealed class PreparedBatch(DecoderContext context, RopePlan? plan) : IDisposable
{
    public DecoderContext Context { get; } = context;

    /// <summary>Where the pictures are; null when there are none.</summary>
    public RopePlan? Plan { get; } = plan;

    /// <summary>The decoding step: one unpadded text token a row, nothing to look up.</summary>
    public static PreparedBatch OfOneColumn(RotaryEmbedding rope, KeyValueCache cache)
    {
        Span<long> positions = stackalloc long[Math.Min(cache.Batch, 256)];
        if (cache.Batch > positions.Length)
            positions = new long[cache.Batch];
        for (int row = 0; row < cache.Batch; row++)
            positions[row] = cache.NextPosition(row);
        cache.BeginAppend(1);
        var mask = new AttentionMask(1, cache.PaddingBias(), cache.Layout.DataType, cache.Layout.Device);
        return new PreparedBatch(new DecoderContext(rope.FactorsFrom(positions, 1), mask, cache), null);
    }

    /// <summary>The decoding step of sequences that have a cache each.</summary>
    public static PreparedBatch OfRows(RotaryEmbedding rope, KeyValueRows rows)
    {
        long[] positions = [.. Enumerable.Range(0, rows.Count).Select(rows.NextPosition)];
        rows.Begin();
        var mask = new AttentionMask(1, null, rows.Layout.DataType, rows.Layout.Device);
        return new PreparedBatch(new DecoderContext(rope.FactorsFrom(positions, 1), mask, null, Rows: rows), null);
    }

    /// <summary>Any other pass: prompts, continuations with pictures, training.</summary>
    public static PreparedBatch Create(ModelInputs inputs, KeyValueCache? cache, QwenConfig config, QwenModelOptions options, RotaryEmbedding rope)
    {
        (int batch, int length) = ((int)inputs.InputIds.shape[0], (int)inputs.InputIds.shape[1]);
        bool[] padding = HostPadding(inputs.AttentionMask);
        RopePlan plan = RopeIndex.Compute(RequestOf(inputs, HostIds(inputs.InputIds, config), cache, options, batch, length, padding), config);
        cache?.BeginAppend(length, padding, plan.Offsets);
        Tensor positions = inputs.PositionIds ?? torch.tensor(plan.Positions, [3, batch, length]);
        Tensor? bias = cache is not null ? cache.PaddingBias() : PaddingBias(padding, batch, length, rope);
        var mask = new AttentionMask(length, bias, rope.Type, rope.Device);
        PackedSequences? packed = inputs.SequenceLengths.Count > 1 ? new PackedSequences(inputs.SequenceLengths, rope.Type, rope.Device) : null;
        return new PreparedBatch(new DecoderContext(rope.FactorsAt(positions), mask, cache, packed), plan);
    }

    public void Dispose() => Context.Dispose();

    private static RopeRequest RequestOf(
        ModelInputs inputs, long[] ids, KeyValueCache? cache, QwenModelOptions options, int batch, int length, bool[] padding) => new()
    {
        Ids = ids,
        Batch = batch,
        Length = length,
        Padding = padding,
        Images = inputs.ImageGrids,
        Videos = inputs.VideoGrids,
        SecondsPerGrid = inputs.SecondsPerGrid,
        IntegerSeconds = options.IntegerSecondsPerGrid,
        FirstPositions = cache is { Length: > 0 } ? [.. Enumerable.Range(0, batch).Select(cache.NextPosition)] : [],
        FirstColumn = cache?.Length ?? 0,
        SequenceLengths = inputs.SequenceLengths,
    };

    private static long[] HostIds(Tensor tensor, QwenConfig config)
    {
        long[] ids = tensor.cpu().data<long>().ToArray();
        foreach (long id in ids)
        {
            if (id < 0 || id >= config.Text.VocabularySize)
                throw new ModelInputException($"token id {id} is outside the vocabulary (0 to {config.Text.VocabularySize - 1})");
        }

        return ids;
    }

    /// <summary>True where the mask is 0; empty when nothing is padded.</summary>
    private static bool[] HostPadding(Tensor? mask)
    {
        if (mask is null)
            return [];
        long[] values = mask.to(ScalarType.Int64).cpu().data<long>().ToArray();
        return values.Contains(0) ? Array.ConvertAll(values, value => value == 0) : [];
    }

    private static Tensor? PaddingBias(bool[] padding, int batch, int length, RotaryEmbedding rope)
    {
        if (padding.Length == 0)
            return null;
        float lowest = (float)ElementTypes.LowestFinite(rope.Type);
        float[] values = Array.ConvertAll(padding, padded => padded ? lowest : 0f);
        return torch.tensor(values, [batch, 1, 1, length]).to(rope.Type, rope.Device);
    }
}
