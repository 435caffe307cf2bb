using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen;

/// <summary>Rendered chat segments as a prompt: token ids, with each image and video in its place.</summary>
internal static class ChatPrompt
{
    /// <summary>Encodes segments. The context is checked by sizes alone, before any pixel is touched.</summary>
    /// <param name="model">Tokenizer and image processor.</param>
    /// <param name="segments">What the chat template rendered.</param>
    /// <param name="sequence">The sequence the prompt is meant for.</param>
    /// <param name="firstVisual">Number of the first image or video in the conversation, for messages; 1 = the first.</param>
    /// <exception cref="ContextLengthException">The tokens do not fit.</exception>
    /// <exception cref="PixelisException">An image cannot be processed, or its placeholders do not match its grid; the message names it.</exception>
    public static Prompt Build(QwenVisionLanguageModel model, IReadOnlyList<ChatSegment> segments, TokenSequence sequence, int firstVisual)
    {
        ContentPart[] parts = [.. segments.Where(s => s.Part is not null).Select(s => s.Part!)];
        if (parts.Length > 0 && model.Images is null)
            throw new PixelisException($"{model.Name} reads text only; it cannot be shown images or videos.");
        VisionGrid[] grids = [.. parts.Select((part, i) => Named(part, firstVisual + i, () => GridOf(model.Images!, part)))];
        int next = 0;
        int[] ids = ChatEncoder.Encode(model.Tokenizer, segments, _ => TokenCount(model.Images!, grids[next++]));
        sequence.EnsureRoom(ids.Length);
        var visuals = new VisualInput[parts.Length];
        int position = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            (int start, int end) = NextPlaceholders(ids, position, PlaceholderOf(model, parts[i]));
            position = end;
            ContentPart part = parts[i];
            RequireCount(part, firstVisual + i, grids[i], TokenCount(model.Images!, grids[i]), end - start);
            VisionPatches patches = Named(part, firstVisual + i, () => Patches(model.Images!, part));
            visuals[i] = Visual(model.Images!, part, start, end - start, patches);
        }
        return new Prompt(ids, visuals);
    }

    private static VisualInput Visual(QwenImageProcessor processor, ContentPart part, int start, int length, VisionPatches patches)
    {
        var visual = new VisualInput(start, length, patches.Grid, patches.Values);
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

    private static int PlaceholderOf(QwenVisionLanguageModel model, ContentPart part) =>
        part is VideoPart ? model.Model.Config.VideoTokenId : model.Model.Config.ImageTokenId;

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
            throw new PixelisException(
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
            throw new PixelisException($"{NameOf(part, number)}: {e.Message}", e);
        }
    }

    private static string NameOf(ContentPart part, int number) => part switch
    {
        VideoPart video => $"video (visual {number} of the conversation, {video.Clip.Frames.Count} frames of {video.Clip.Width}x{video.Clip.Height})",
        ImagePart image => $"image (visual {number} of the conversation, {image.Image.Width}x{image.Image.Height})",
        _ => $"part {number}",
    };
}
