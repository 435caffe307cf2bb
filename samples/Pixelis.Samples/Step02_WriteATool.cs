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
}
