using Pixelis.Models.Qwen.Processing;
using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Agents.PixelReasoner;

/// <summary>
/// Pixel-Reasoner's frame selection from the video that comes first. Frames are resized to at most 512 units of 28x28 pixels, the size in
/// which the released code loads videos. Deviation: a frame number below 1 is an error; Python counts it from the end.
/// </summary>
internal sealed class PixelReasonerSelectTool() : VisualTool<PixelReasonerSelectArguments>(PixelReasonerFormat.Select)
{
    private static readonly QwenImageProcessor Resizer = new(new QwenImageProcessorOptions { MinPixels = 4 * 28 * 28, MaxPixels = 512 * 28 * 28 });

    /// <inheritdoc />
    protected override ValueTask<ToolResult> RunAsync(PixelReasonerSelectArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (context.Inputs.Count == 0 || context.Inputs[0].Clip is not { } clip)
            throw new VisualCallException(PixelReasonerFormat.NotAVideo);
        int[] asked = arguments.Frames;
        if (asked.Length > PixelReasonerFormat.MaxSelected)
            throw new VisualCallException(PixelReasonerFormat.TooManyFrames(asked.Length));
        if (asked.Length == 0)
            throw new VisualCallException("'target_frames' is empty.");
        if (asked.Any(n => n < 1 || n > clip.Frames.Count))
            throw new VisualCallException(PixelReasonerFormat.NoSuchFrame(clip.Frames.Count, asked));
        var whole = new PixelBox(0, 0, clip.Width, clip.Height);
        var images = new List<ToolImage>(asked.Length);
        foreach (int number in asked)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PixelImage frame = clip.Frames[number - 1].Image.ToRgb(AlphaHandling.BlendOnWhite);
            images.Add(new ToolImage(Resizer.Resize(frame), context.Inputs[0].Number, whole));
        }
        return ValueTask.FromResult(new ToolResult { Text = $"Frames {string.Join(", ", asked)} of the video.", Images = images });
    }
}
