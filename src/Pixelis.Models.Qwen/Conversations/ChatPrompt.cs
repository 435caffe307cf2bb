using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen;

/// <summary>Rendered chat segments as token ids, with each image and video in its place; their pixels are read only when asked for.</summary>
internal sealed class ChatPrompt
{
    private readonly QwenProcessor _processor;
    private readonly IReadOnlyList<Place> _places;

    private ChatPrompt(QwenProcessor processor, int[] ids, IReadOnlyList<Place> places)
    {
        _processor = processor;
        Ids = ids;
        _places = places;
    }

    public int[] Ids { get; }

    public int VisualCount => _places.Count;

    /// <summary>Encodes segments, by the sizes of images and videos alone.</summary>
    /// <param name="processor">Tokenizer and image processor.</param>
    /// <param name="segments">What the chat template rendered.</param>
    /// <param name="firstVisual">Number of the first image or video in the conversation, for messages; 1 = the first.</param>
    /// <exception cref="PixelisException">An image cannot be processed, or its placeholders do not match its grid; the message names it.</exception>
    public static ChatPrompt Encode(QwenProcessor processor, IReadOnlyList<ChatSegment> segments, int firstVisual)
    {
        ContentPart[] parts = [.. segments.Where(s => s.Part is not null).Select(s => s.Part!)];
        if (parts.Length == 0)
            return new ChatPrompt(processor, ChatEncoder.Encode(processor.Tokenizer, segments), []);
        QwenImageProcessor images = processor.Images
            ?? throw new PixelisException($"{processor.Name} reads text only; it cannot be shown images or videos.");
        VisionGrid[] grids = [.. parts.Select((part, i) => Named(part, firstVisual + i, () => GridOf(images, part)))];
        int next = 0;
        int[] ids = ChatEncoder.Encode(processor.Tokenizer, segments, _ => TokenCount(images, grids[next++]));
        var places = new Place[parts.Length];
        int position = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            (int start, int end) = NextPlaceholders(ids, position, PlaceholderOf(processor.Config, parts[i]));
            position = end;
            RequireCount(parts[i], firstVisual + i, grids[i], TokenCount(images, grids[i]), end - start);
            places[i] = new Place(parts[i], firstVisual + i, start, end - start);
        }
        return new ChatPrompt(processor, ids, places);
    }

    /// <summary>Resizes and normalises the images and videos.</summary>
    /// <param name="offset">Added to the index of each first placeholder.</param>
    /// <exception cref="PixelisException">One cannot be processed; the message names it.</exception>
    public VisualInput[] ReadVisuals(int offset = 0) => [.. _places.Select(place =>
    {
        VisionPatches patches = Named(place.Part, place.Number, () => Patches(_processor.Images!, place.Part));
        return Visual(_processor.Images!, place.Part, place.Start + offset, place.Length, patches);
    })];

    private static VisualInput Visual(QwenImageProcessor processor, ContentPart part, int start, int length, VisionPatches patches)
    {
        var visual = new VisualInput(start, length, patches.Grid, patches.Values) { ContentKey = ContentKey.Of(part, patches.Grid, processor.Options) };
        return part is VideoPart video
            ? visual with { IsVideo = true, SecondsPerGrid = processor.Options.TemporalPatchSize / video.Clip.FramesPerSecond }
            : visual;
    }

    private static VisionGrid GridOf(QwenImageProcessor processor, ContentPart part) => part switch
    {
        ImagePart image => processor.GridOf(image.Image.Width, image.Image.Height),
        VideoPart video => processor.GridOf(video.Clip.Width, video.Clip.Height, video.Clip.Frames.Count),
        _ => throw new ArgumentException($"{part.GetType().Name} has no pixels.", nameof(part)),
    };

    private static VisionPatches Patches(QwenImageProcessor processor, ContentPart part) =>
        part is VideoPart video ? processor.Process(video.Clip) : processor.Process(((ImagePart)part).Image);

    private static int TokenCount(QwenImageProcessor processor, VisionGrid grid) =>
        grid.PatchCount / (processor.Options.MergeSize * processor.Options.MergeSize);

    private static int PlaceholderOf(QwenConfig config, ContentPart part) => part is VideoPart ? config.VideoTokenId : config.ImageTokenId;

    private static (int Start, int End) NextPlaceholders(int[] ids, int from, int placeholder)
    {
        int start = Array.IndexOf(ids, placeholder, from);
        if (start < 0)
            return (from, from);
        int end = start;
        while (end < ids.Length && ids[end] == placeholder)
            end++;
        return (start, end);
    }

    private static void RequireCount(ContentPart part, int number, VisionGrid grid, int expected, int found)
    {
        if (found != expected)
        {
            throw new VisualPartException(
                number,
                $"{NameOf(part, number)}: the prompt has {found} placeholder tokens for it, but its grid of {grid.Temporal}x{grid.Height}x{grid.Width} "
                + $"patches needs {expected}; tokenizer and config.json may name different placeholder tokens.");
        }
    }

    private static T Named<T>(ContentPart part, int number, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (PixelisException e)
        {
            throw new VisualPartException(number, $"{NameOf(part, number)}: {e.Message}", e);
        }
    }

    private static string NameOf(ContentPart part, int number) => part switch
    {
        VideoPart video => $"video (visual {number} of the conversation, {video.Clip.Frames.Count} frames of {video.Clip.Width}x{video.Clip.Height})",
        ImagePart image => $"image (visual {number} of the conversation, {image.Image.Width}x{image.Image.Height})",
        _ => $"part {number}",
    };

    private sealed record Place(ContentPart Part, int Number, int Start, int Length);
}
