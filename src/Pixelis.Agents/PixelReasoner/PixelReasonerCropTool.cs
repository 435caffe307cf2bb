using Pixelis.Models.Qwen.Processing;
using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Agents.PixelReasoner;

/// <summary>
/// Pixel-Reasoner's crop: 10% of the picture is added on every side, and the result is resized to the size its caption names. Four
/// numbers of at most 1 are fractions, others pixels of the picture as seen. Deviations from the released code: that asks for less than 1,
/// so that a full-width box means one pixel; it shrinks or enlarges the question's images to 256 to 8000 units of 28x28 pixels before it
/// cuts, while this one cuts from the source; what Python makes of a box with crossed edges or a negative number is an error here.
/// </summary>
internal sealed class PixelReasonerCropTool() : VisualTool<PixelReasonerCropArguments>(PixelReasonerFormat.Crop, "crop_image", "zoom_in")
{
    // Sizes of pictures that tools add, as at evaluation.
    private static readonly QwenImageProcessor Resizer = new(new QwenImageProcessorOptions { MinPixels = 256 * 28 * 28, MaxPixels = 5120 * 28 * 28 });

    /// <inheritdoc />
    protected override ValueTask<ToolResult> RunAsync(PixelReasonerCropArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        (PixelImage image, NumberedVisual input) = Find(arguments.TargetImage, context);
        PixelBox box = Padded(arguments.Box, input, image);
        if (box.Width <= PixelReasonerFormat.MinSide || box.Height <= PixelReasonerFormat.MinSide)
            throw new VisualCallException(PixelReasonerFormat.TooSmall((int)box.Width, (int)box.Height));
        cancellationToken.ThrowIfCancellationRequested();
        PixelImage crop = Resizer.Resize(Cropping.Crop(image, box).ToRgb(AlphaHandling.BlendOnWhite));
        return ValueTask.FromResult(new ToolResult
        {
            Text = PixelReasonerFormat.CropCaption(crop.Width, crop.Height),
            Images = [new ToolImage(crop, input.Number, box)],
            Annotations = [new BoxAnnotation { Input = input.Number, Box = box, Label = "crop" }],
        });
    }

    // Before a tool added a picture, the number means a frame of the video; after it, the video is number 1 and cannot be cut from.
    private static (PixelImage Image, NumberedVisual Input) Find(double asked, ToolContext context)
    {
        IReadOnlyList<NumberedVisual> inputs = context.Inputs;
        int index = double.IsInteger(asked) && asked >= 1 && asked <= int.MaxValue ? (int)asked - 1 : -1;
        if (inputs is [{ Clip: { } clip } video])
        {
            return index >= 0 && index < clip.Frames.Count
                ? (clip.Frames[index].Image, video)
                : throw new VisualCallException(PixelReasonerFormat.NoSuchVideoFrame(clip.Frames.Count, asked));
        }
        bool besideVideo = inputs.Count > 0 && inputs[0].Clip is not null;
        if (index < 0 || index >= inputs.Count || inputs[index].Image is not { } image)
        {
            throw new VisualCallException(besideVideo
                ? PixelReasonerFormat.NoSuchImageBesideVideo(inputs.Count, asked)
                : PixelReasonerFormat.NoSuchImage(inputs.Count));
        }
        return (image, inputs[index]);
    }

    // Rounds as Pillow's crop does: each edge by itself, halves to even.
    private static PixelBox Padded(double[] box, NumberedVisual input, PixelImage image)
    {
        if (box.Length != 4 || !box.All(double.IsFinite))
            throw new VisualCallException("'bbox_2d' needs four finite numbers [x1, y1, x2, y2].");
        bool isFraction = box.All(v => v <= 1);
        double width = isFraction ? 1 : input.SeenWidth, height = isFraction ? 1 : input.SeenHeight;
        var padded = new PixelBox(
            Edge(box[0] / width - PixelReasonerFormat.Padding, image.Width), Edge(box[1] / height - PixelReasonerFormat.Padding, image.Height),
            Edge(box[2] / width + PixelReasonerFormat.Padding, image.Width), Edge(box[3] / height + PixelReasonerFormat.Padding, image.Height));
        if (box[2] < box[0] || box[3] < box[1])
            throw new VisualCallException("'bbox_2d' has crossed edges: x2 must not be less than x1, nor y2 less than y1.");
        return padded;
    }

    private static double Edge(double fraction, int length) => Math.Round(Math.Clamp(fraction, 0, 1) * length, MidpointRounding.ToEven);
}
