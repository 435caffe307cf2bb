using Pixelis.Tools.Visual;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>
/// Segment Anything (Kirillov et al. 2023) as the backend of SEGMENT_OBJECT_AT, from a Hugging Face folder in the layout of
/// <c>facebook/sam-vit-base</c>. The answer is the mask whose predicted intersection over union is highest among those that hold
/// the point, cut at the box, and of it the connected piece with the point; empty when no mask holds the point. Deterministic.
/// Safe to call from several threads; pictures are encoded one at a time. Dispose it when no call is running any more.
/// </summary>
public sealed class SamSegmenter : ISegmenter, IDisposable
{
    private const int PromptsAtOnce = 16;

    private readonly SamNetwork _network;
    private readonly SamImageProcessor _processor;
    private readonly SamSegmenterOptions _options;
    private readonly EmbeddingCache _cache;
    private bool _disposed;

    private SamSegmenter(SamNetwork network, SamImageProcessor processor, SamSegmenterOptions options)
    {
        _network = network;
        _processor = processor;
        _options = options;
        _cache = new EmbeddingCache(options.CachedImages);
    }

    internal SamNetwork Network => _network;

    internal SamImageProcessor Processor => _processor;

    /// <summary>Pictures encoded so far.</summary>
    internal int EncodedImages { get; private set; }

    /// <summary>Opens a folder with config.json, preprocessor_config.json and model.safetensors; the weights stay mapped.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ModelFormatException">A file is missing or wrong; the message names it and the field or tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SamSegmenter FromPretrained(string folder, SamSegmenterOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new SamSegmenterOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.CachedImages);
        SamConfig config = SamConfigReader.Read(Path.Combine(folder, "config.json"));
        SamImageProcessor processor = SamImageProcessor.Read(Path.Combine(folder, "preprocessor_config.json"), config.Vision.ImageSize);
        string file = Path.Combine(folder, "model.safetensors");
        if (!File.Exists(file))
            throw new ModelFormatException(file, "is missing");
        Device device = options.Device ?? CPU;
        SamWeights weights = SamWeights.Open(file, config, device);
        try
        {
            return new SamSegmenter(new SamNetwork(config, weights, device), processor, options);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public SegmentedObject Segment(PixelImage image, SegmentationPrompt prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return SegmentAll(image, [prompt], cancellationToken)[0];
    }

    /// <summary>Segments several objects of one picture, which is encoded once; the answers are in the order of the prompts.</summary>
    /// <inheritdoc cref="Segment(PixelImage, SegmentationPrompt, CancellationToken)" path="/exception" />
    public IReadOnlyList<SegmentedObject> SegmentAll(
        PixelImage image, IReadOnlyList<SegmentationPrompt> prompts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(prompts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        (SegmentationPrompt Prompt, PixelRect? Box, int Index)[] asked = [.. prompts.Select((prompt, i) => (prompt, prompt.Check(image), i))];
        cancellationToken.ThrowIfCancellationRequested();
        var found = new SegmentedObject[prompts.Count];
        if (found.Length == 0)
            return found;
        float[] embedding = _cache.Get(image.ContentHash, () => Encode(image, cancellationToken), cancellationToken);
        SamFrame frame = _processor.Frame(image);
        foreach (var form in asked.GroupBy(entry => entry.Box is not null))
        {
            foreach (var batch in form.Chunk(PromptsAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                SamPrediction prediction = _network.Decode(embedding, Prompts(batch, frame));
                for (int i = 0; i < batch.Length; i++)
                    found[batch[i].Index] = Choose(prediction, i, image, frame, batch[i].Prompt.Point, batch[i].Box, cancellationToken);
            }
        }

        return found;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _network.Dispose();
        _cache.Dispose();
    }

    private float[] Encode(PixelImage image, CancellationToken cancellationToken)
    {
        EncodedImages++;
        return _network.Encode(_processor.Prepare(image), cancellationToken);
    }

    // Corners of a box are its outermost pixels, as the model's own boxes are.
    private static SamPrompts Prompts((SegmentationPrompt Prompt, PixelRect? Box, int Index)[] batch, SamFrame frame) => new(
        batch.Length,
        [.. batch.SelectMany(entry => new[] { frame.X(entry.Prompt.Point.X), frame.Y(entry.Prompt.Point.Y) })],
        [.. batch.Select(_ => 1)],
        batch[0].Box is null
            ? null
            : [.. batch.SelectMany(entry => new[] { frame.X(entry.Box!.Value.X), frame.Y(entry.Box.Value.Y), frame.X(entry.Box.Value.Right - 1), frame.Y(entry.Box.Value.Bottom - 1) })]);

    private SegmentedObject Choose(
        SamPrediction prediction, int prompt, PixelImage image, SamFrame frame, PixelPosition point, PixelRect? box, CancellationToken cancellationToken)
    {
        bool several = _options.Multimask ?? box is null;
        IEnumerable<int> candidates = several ? Enumerable.Range(1, prediction.MaskCount - 1).OrderByDescending(mask => prediction.QualityOf(prompt, mask)) : [0];
        foreach (int mask in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] logits = _network.ToSource(prediction.Mask(prompt, mask), frame);
            if (ConnectedPiece.Of(logits, image.Width, box ?? PixelRect.Of(image), point, _options.MaskThreshold) is { } inside)
                return SegmentedObject.FromMask(ObjectMask.Create(image.Width, image.Height, inside), Math.Clamp(prediction.QualityOf(prompt, mask), 0, 1));
        }

        return SegmentedObject.FromMask(ObjectMask.Create(image.Width, image.Height, new byte[image.Width * image.Height]), 0);
    }
}
