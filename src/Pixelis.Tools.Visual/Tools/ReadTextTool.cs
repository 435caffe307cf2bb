using System.Globalization;
using System.Text.Json;

namespace Pixelis.Tools.Visual;

/// <summary>READ_TEXT: reads the text of an image or a region from its source pixels.</summary>
/// <param name="reader">The backend; null for <see cref="TesseractTextReader"/>.</param>
public sealed class ReadTextTool(ITextReader? reader = null) : VisualTool<ReadTextArguments>(
    "READ_TEXT", "Read the text in an image or in a region of it, from the full-resolution image.", "read_text", "ocr")
{
    // One for the program: its engines are kept warm, one a thread.
    private static readonly Lazy<TesseractTextReader> Shared = new(() => new TesseractTextReader());

    private ITextReader Reader => reader ?? Shared.Value;

    /// <inheritdoc />
    protected override async ValueTask<ToolResult> RunAsync(ReadTextArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        (NumberedVisual input, PixelImage image) = Image(context, arguments.TargetImage);
        CoordinateSpace space = Space(arguments.Coordinates, context);
        PixelBox? box = arguments.Box is { } written ? SourceBox(input, written, space, "bbox_2d") : null;
        var options = new TextReadingOptions { Region = box?.ToRect(), Language = arguments.Language ?? "eng" };
        RecognizedText text = await Task.Run(() => Reader.Read(image, options, cancellationToken), cancellationToken);
        return new ToolResult
        {
            Text = text.Words.Count == 0
                ? $"No text was found in {(box is null ? "" : "that region of ")}image {input.Number}."
                : string.Create(CultureInfo.InvariantCulture, $"Text in image {input.Number} (confidence {text.Confidence:0.00}):\n{text.Text}"),
            Data = JsonSerializer.SerializeToElement(new
            {
                text = text.Text,
                confidence = text.Confidence,
                rotation = text.Rotation,
                words = text.Words.Select(w => new { text = w.Text, confidence = w.Confidence, box = new[] { w.Box.X, w.Box.Y, w.Box.Right, w.Box.Bottom } }),
            }),
            Annotations = [.. text.Words.Select(w => new BoxAnnotation { Input = input.Number, Box = w.Box.ToBox(), Label = w.Text })],
        };
    }
}
