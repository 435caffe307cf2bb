using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Samples;

/// <summary>How bright a picture is. Thread-safe; changes nothing; answers bad arguments with a message the model can act on.</summary>
internal sealed class BrightnessTool : ITool
{
    public ToolDefinition Definition { get; } = new(
        "MEASURE_BRIGHTNESS",
        "Measure how bright an image is, from 0 (black) to 255 (white).",
        JsonElement.Parse("""{"type": "object", "properties": {"target_image": {"type": "integer", "description": "Number of the image; 1 is the first."}}, "required": ["target_image"]}"""));

    public ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty("target_image", out JsonElement given) || given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out int number))
            return ValueTask.FromResult(ToolResult.Error("Give 'target_image' as the number of an image."));
        if (context.Inputs.FirstOrDefault(input => input.Number == number)?.Image is not { } image)
            return ValueTask.FromResult(ToolResult.Error($"There is no image {number}; images are numbered 1 to {context.Inputs.Count}."));
        long sum = 0;
        PixelImage rgb = image.ToRgb();
        for (int y = 0; y < rgb.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (byte value in rgb.Row(y))
                sum += value;
        }
        double mean = (double)sum / rgb.Pixels.Length;
        return ValueTask.FromResult(new ToolResult { Text = FormattableString.Invariant($"Image {number} has a mean brightness of {mean:0.0}.") });
    }
}
