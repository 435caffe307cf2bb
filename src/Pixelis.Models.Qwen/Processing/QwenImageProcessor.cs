using System.Buffers;
using Pixelis.Modeling;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>
/// Pictures and videos to normalised patches, as Qwen2.5-VL's reference processor (the Pillow one) makes them, bit for bit:
/// smart resize, bicubic resampling, normalisation and patch order. An alpha channel is dropped. Thread-safe.
/// </summary>
public sealed class QwenImageProcessor
{
    private readonly PatchWriter _writer;

    /// <summary>Makes a processor.</summary>
    /// <param name="options">Settings; null for the reference's defaults (released models bring their own file: <see cref="FromFolder"/>).</param>
    public QwenImageProcessor(QwenImageProcessorOptions? options = null)
    {
        Options = options ?? new QwenImageProcessorOptions();
        if (Options.Mean.Count != 3 || Options.StandardDeviation.Count != 3)
            throw new ArgumentException("Mean and StandardDeviation need three numbers each.", nameof(options));
        _writer = new PatchWriter(Options);
    }

    /// <summary>The settings.</summary>
    public QwenImageProcessorOptions Options { get; }

    /// <summary>A processor with the settings of a model folder's <c>preprocessor_config.json</c>.</summary>
    /// <exception cref="ModelFormatException">The file is missing or cannot be used.</exception>
    public static QwenImageProcessor FromFolder(string folder) => new(QwenImageProcessorOptions.FromFolder(folder));

    /// <summary>The grid that a picture of this size gets, without touching pixels.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="frames">Frames; 1 for an image. An incomplete temporal patch counts as a whole one.</param>
    /// <exception cref="ImageShapeException">The picture is too narrow, or the patches would not fit an array.</exception>
    public VisionGrid GridOf(int width, int height, int frames = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        (int resizedHeight, int resizedWidth) = SmartResize.Fit(height, width, Options.Factor, Options.MinPixels, Options.MostPixels(frames));
        int temporal = (frames + Options.TemporalPatchSize - 1) / Options.TemporalPatchSize;
        long rows = resizedHeight / Options.PatchSize, columns = resizedWidth / Options.PatchSize;
        if (temporal * rows * columns * Options.PatchLength > Array.MaxLength / sizeof(float))
            throw new ImageShapeException($"{frames} frame(s) of {width}x{height} make {temporal * rows * columns} patches, more than fit one array: sample fewer frames or lower max_pixels.");
        return new VisionGrid(temporal, (int)rows, (int)columns);
    }

    /// <summary>Makes the patches of an image.</summary>
    /// <exception cref="ImageShapeException">The picture is too narrow or too large.</exception>
    public VisionPatches Process(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Process([image]);
    }

    /// <summary>Makes the patches of a video.</summary>
    /// <inheritdoc cref="Process(IReadOnlyList{PixelImage}, CancellationToken)" />
    public VisionPatches Process(VideoClip clip, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Process([.. clip.Frames.Select(f => f.Image)], cancellationToken);
    }

    /// <summary>Makes the patches of a video from its frames. Where the last temporal patch is incomplete its last frame is repeated.</summary>
    /// <param name="frames">At least one frame, all of the same size.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="ImageShapeException">The frames are too narrow, or too large as a whole.</exception>
    public VisionPatches Process(IReadOnlyList<PixelImage> frames, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
            throw new ArgumentException("At least one frame is needed.", nameof(frames));
        if (frames.Any(f => f.Width != frames[0].Width || f.Height != frames[0].Height))
            throw new ArgumentException("All frames must have the same size.", nameof(frames));
        VisionGrid grid = GridOf(frames[0].Width, frames[0].Height, frames.Count);
        float[] values = GC.AllocateUninitializedArray<float>(grid.PatchCount * Options.PatchLength);
        int stepLength = grid.Height * grid.Width * Options.PatchLength, temporal = Options.TemporalPatchSize;
        using var resizer = new BicubicResizer(
            frames[0].Width, frames[0].Height, channels: 3, grid.Width * Options.PatchSize, grid.Height * Options.PatchSize);
        for (int frame = 0; frame < frames.Count; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int copies = frame == frames.Count - 1 ? temporal - frame % temporal : 1;
            WriteFrame(frames[frame].ToRgb(), resizer, grid, frame % temporal, copies, values.AsSpan(frame / temporal * stepLength, stepLength));
        }
        return new VisionPatches(values, grid, Options.PatchLength);
    }

    /// <summary>The resized RGB bytes that an image's patches are made of, with their size.</summary>
    /// <exception cref="ImageShapeException">The picture is too narrow.</exception>
    public PixelImage Resize(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (int height, int width) = SmartResize.Fit(image.Height, image.Width, Options.Factor, Options.MinPixels, Options.MaxPixels);
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24,
            BicubicResizer.Resize(image.ToRgb().Pixels.Span, image.Width, image.Height, 3, width, height));
    }

    // Collects resized rows until a row of patches is complete, while they are still in the cache.
    private unsafe void WriteFrame(PixelImage frame, BicubicResizer resizer, VisionGrid grid, int slot, int copies, Span<float> step)
    {
        int patch = Options.PatchSize, rowLength = grid.Width * patch * 3;
        byte[] rented = ArrayPool<byte>.Shared.Rent(rowLength * patch);
        try
        {
            fixed (byte* band = rented)
            fixed (float* patches = step)
            {
                byte* bandStart = band;
                float* patchStart = patches;
                resizer.Run(frame.Pixels.Span, (y, row) =>
                {
                    Buffer.MemoryCopy(row, bandStart + y % patch * rowLength, rowLength, rowLength);
                    if (y % patch == patch - 1)
                        _writer.WriteBand(bandStart, grid.Width, y / patch, slot, copies, patchStart);
                });
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
