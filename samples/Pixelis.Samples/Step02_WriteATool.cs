using System.Text.Json;
using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.Tools;

namespace Pixelis.Samples;

/// <summary>Two tools of one's own: a class that looks at pictures, and a plain method. The first is tried without a model, then an agent gets both.</summary>
internal static class Step02_WriteATool
{
    public static async Task RunAsync(string model, string image)
    {
        var brightness = new BrightnessTool();
        PixelImage picture = ImageFile.Load(image);
        var context = new ToolContext
        {
            Inputs = [new NumberedVisual { Number = 1, Image = picture, SeenWidth = picture.Width, SeenHeight = picture.Height, Origin = "question" }],
        };
        ToolResult tried = await brightness.InvokeAsync(JsonElement.Parse("""{"target_image": 1}"""), context);
        Console.WriteLine(tried.Text);
        Console.WriteLine((await brightness.InvokeAsync(JsonElement.Parse("""{"target_image": 7}"""), context)).Text);

        await using PixelisAgent agent = PixelisAgent.Create()
            .WithModel(model)
            .WithTools(tools => tools.ZoomIn().Add(brightness))
            .WithTool((double kelvin) => kelvin - 273.15, "to_celsius", "Turns kelvin into degrees Celsius.")
            .WithLimits(new AgentLimits { MaxToolCalls = 8 })
            .WithGeneration(new GenerationOptions { MaxNewTokens = 16 })
            .Build();
        AgentAnswer answer = await agent.AskAsync("Is the picture bright or dark?", image);
        Console.WriteLine($"({answer.EndReason}, {answer.Trajectory.Turns.Sum(turn => turn.Invocations.Count)} tool calls)");
    }

    /// <summary>How bright a picture is. Thread-safe; changes nothing; answers bad arguments with a message the model can act on.</summary>
    private sealed class BrightnessTool : ITool
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
}
