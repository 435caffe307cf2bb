using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pixelis.Samples;

/// <summary>The program of docs/hosting.md: an agent from configuration, asked through <see cref="IChatClient"/>.</summary>
internal static class HostAnAgent
{
    public static async Task RunAsync(string model, string image)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Agents:inspector:Model"] = model,
            ["Agents:inspector:Tools:0"] = "ZOOM_IN",
            ["Agents:inspector:Generation:MaxNewTokens"] = "512",
            ["Agents:inspector:LoadAtStart"] = "true",
        };

        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddPixelis("inspector", builder.Configuration.GetSection("Agents:inspector"));
        builder.Services.AddPixelisChatClient("inspector");

        using IHost host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredKeyedService<IChatClient>("inspector");
        var picture = new DataContent(await File.ReadAllBytesAsync(image), "image/png");
        ChatResponse response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, [picture, new TextContent("Which letter is on the white square?")])]);
        Console.WriteLine($"{response.Text}\n({response.FinishReason}, {response.Usage?.OutputTokenCount} tokens)");
        await host.StopAsync();
    }
}
