using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <content>The forward pass.</content>
public sealed partial class QwenModel
{
    /// <inheritdoc />
    /// <exception cref="ModelInputException">The inputs do not fit the model or each other.</exception>
    public ModelOutput Forward(ModelInputs inputs, KeyValueCache? cache = null, ForwardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new ForwardOptions();
        CheckInputs(inputs, cache);
        using DisposeScope scope = torch.NewDisposeScope();
        bool continues = inputs.InputIds.shape[1] == 1 && cache is { Length: > 0 };
        using PreparedBatch batch = continues && inputs.PositionIds is null && inputs.AttentionMask is null
            ? PreparedBatch.OfOneColumn(_rope, cache!)
            : PreparedBatch.Create(inputs, cache, Config, _options, _rope);
        Tensor embeddings = Embed(inputs, batch.Plan);
        var states = options.HiddenStates ? new List<Tensor> { embeddings } : null;
        Tensor last = _network.Decoder.Forward(embeddings, batch.Context, states, options.RecomputeActivations, options.LogitRows);
        cache?.Commit();
        Tensor? logits = Logits(last, options);
        if (states is not null)
            embeddings.DetachFromDisposeScope();
        return new ModelOutput(logits?.MoveToOuterDisposeScope(), last.MoveToOuterDisposeScope(), states ?? []);
    }

    /// <inheritdoc />
    public ModelOutput Advance(Tensor tokens, KeyValueRows rows)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(rows);
        if (tokens.dtype != ScalarType.Int64 || !tokens.shape.AsSpan().SequenceEqual([rows.Count, 1L]))
            throw new ModelInputException($"tokens are {tokens.dtype} [{string.Join(", ", tokens.shape)}]; int64 [{rows.Count}, 1] was expected, one for each cache");
        using DisposeScope scope = torch.NewDisposeScope();
        using PreparedBatch batch = PreparedBatch.OfRows(_rope, rows);
        Tensor last = _network.Decoder.Forward(_network.Decoder.Embedding.Forward(tokens.to(Device)), batch.Context, null);
        rows.Commit();
        return new ModelOutput(_network.Logits(last).MoveToOuterDisposeScope(), last.MoveToOuterDisposeScope(), []);
    }

    private Tensor? Logits(Tensor last, ForwardOptions options)
    {
        if (options.LogitRows is not null)
            return _network.Logits(last.squeeze(0));
        return options.Logits switch
        {
            LogitsSelection.All => _network.Logits(last),
            LogitsSelection.Last => _network.Logits(last.narrow(1, last.shape[1] - 1, 1)),
            _ => null,
        };
    }

    /// <summary>Embeddings with the features of pictures in the place of their placeholders.</summary>
    private Tensor Embed(ModelInputs inputs, RopePlan? plan)
    {
        Tensor embeddings = _network.Decoder.Embedding.Forward(inputs.InputIds.to(Device));
        if (plan is null || plan.Pictures.Count == 0)
            return embeddings;
        embeddings = Place(embeddings, plan, inputs.PixelValues, inputs.ImageGrids, inputs.ImageKeys, video: false);
        return Place(embeddings, plan, inputs.PixelValuesVideos, inputs.VideoGrids, inputs.VideoKeys, video: true);
    }

    private Tensor Place(Tensor embeddings, RopePlan plan, Tensor? pixels, IReadOnlyList<VisionGrid> grids, IReadOnlyList<string?> keys, bool video)
    {
        if (grids.Count == 0)
            return embeddings;
        if (pixels is null)
            throw new ModelInputException($"{grids.Count} {(video ? "video" : "image")} grids were given without pixel values");
        Tensor features = See(pixels, grids, keys);
        long length = embeddings.shape[1];
        long[] rows = plan.Pictures.Where(picture => picture.IsVideo == video).OrderBy(picture => picture.Index)
            .SelectMany(picture => Enumerable.Range(0, picture.Count).Select(i => (picture.Row * length) + picture.Start + i)).ToArray();
        Tensor flat = embeddings.view(-1, embeddings.shape[2]);
        return flat.index_copy(0, torch.tensor(rows, device: Device), features).view(embeddings.shape);
    }

    private void CheckInputs(ModelInputs inputs, KeyValueCache? cache)
    {
        long[] shape = inputs.InputIds.shape;
        if (shape.Length != 2 || shape[0] < 1 || shape[1] < 1 || inputs.InputIds.dtype != ScalarType.Int64)
            throw new ModelInputException($"token ids are {inputs.InputIds.dtype} [{string.Join(", ", shape)}]; int64 [batch, length] was expected");
        if (inputs.AttentionMask is { } mask && !mask.shape.AsSpan().SequenceEqual(shape))
            throw new ModelInputException($"the attention mask has shape [{string.Join(", ", mask.shape)}]; that of the token ids, [{string.Join(", ", shape)}], was expected");
        if (cache is not null && cache.Batch != shape[0])
            throw new ModelInputException($"the token ids have {shape[0]} rows, the cache {cache.Batch}");
        CheckPacking(inputs, cache);
        if (Config.Vision is null && (inputs.ImageGrids.Count > 0 || inputs.VideoGrids.Count > 0))
            throw new ModelInputException($"{Config.ClassName} reads text only, but pictures were given");
        if (inputs.ImageKeys.Count > 0 && inputs.ImageKeys.Count != inputs.ImageGrids.Count)
            throw new ModelInputException($"{inputs.ImageKeys.Count} keys were given for {inputs.ImageGrids.Count} images");
        if (inputs.VideoKeys.Count > 0 && inputs.VideoKeys.Count != inputs.VideoGrids.Count)
            throw new ModelInputException($"{inputs.VideoKeys.Count} keys were given for {inputs.VideoGrids.Count} videos");
        if (inputs.SecondsPerGrid.Count > 0 && inputs.SecondsPerGrid.Count != inputs.VideoGrids.Count)
            throw new ModelInputException($"{inputs.SecondsPerGrid.Count} numbers of seconds were given for {inputs.VideoGrids.Count} videos");
    }

    private static void CheckPacking(ModelInputs inputs, KeyValueCache? cache)
    {
        if (inputs.SequenceLengths.Count == 0)
            return;
        if (inputs.InputIds.shape[0] != 1 || inputs.AttentionMask is not null || cache is not null)
            throw new ModelInputException("packed conversations need one row, no attention mask and no cache");
        if (inputs.SequenceLengths.Any(length => length < 1) || inputs.SequenceLengths.Sum(length => (long)length) != inputs.InputIds.shape[1])
            throw new ModelInputException($"the packed conversations have {string.Join(" + ", inputs.SequenceLengths)} tokens, the row {inputs.InputIds.shape[1]}");
    }
}
