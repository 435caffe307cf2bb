using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pixelis.Agents.ChatClients;
using Pixelis.Agents.Hosting;
using Pixelis.Agents.Tests.ChatClients;
using Pixelis.Generation;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.TestKit;

namespace Pixelis.Agents.Tests.Hosting;

public class PixelisServiceCollectionExtensionsTests
{
    private static readonly PixelImage Picture = PixelImage.Create(2, 2, PixelFormat.Rgb24, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

    [Fact]
    public async Task A_host_makes_agents_from_json_that_share_one_real_model_and_frees_it()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder.Path, RandomModelShape.Find("qwen2.5-vl-tiny")!, new RandomModelOptions { Seed = 1 });
        IConfiguration json = Json($$"""
            {
              "Agents": {
                "inspector": {
                  "Model": "{{folder.Path}}", "DataType": "float32", "Tools": ["zoom_in", "READ_TEXT"], "LoadAtStart": true,
                  "Generation": { "MaxNewTokens": 5, "Temperature": 0.5, "Seed": 3, "StopStrings": ["END"] },
                  "Limits": { "MaxTurns": 2, "MaxDuration": "00:02:00" }, "SystemPrompt": "Look.", "Dialect": "pixelis"
                },
                "reader": { "Model": "{{folder.Path}}/", "DataType": "Float32", "Generation": { "MaxNewTokens": 3 } }
              }
            }
            """);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPixelis("inspector", json.GetSection("Agents:inspector")).AddPixelis("reader", json.GetSection("Agents:reader")).AddPixelisChatClient("reader");
        IVisionLanguageModel shared;
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            SharedModels models = host.Services.GetRequiredService<SharedModels>();
            var key = new ModelKey(folder.Path, "float32", null, null);
            shared = models.Get(key, () => throw new InvalidOperationException("it was to be loaded at start"));
            var inspector = host.Services.GetRequiredKeyedService<PixelisAgent>("inspector");
            Assert.Same(inspector, host.Services.GetRequiredKeyedService<PixelisAgent>("inspector"));
            AgentAnswer answer = await inspector.AskAsync("what?", Picture);
            Assert.Equal(["ZOOM_IN", "READ_TEXT"], answer.Trajectory.Tools.Select(t => t.Name));
            Assert.Equal("Look.", answer.Trajectory.SystemPrompt);
            Assert.Equal(3UL, answer.Trajectory.Seed);
            Assert.InRange(answer.Tokens.Count(t => t.Provenance == TokenProvenance.Sampled), 1, 10);
            Assert.Equal(inspector.ModelName, host.Services.GetRequiredKeyedService<PixelisAgent>("reader").ModelName);
            ChatResponse response = await host.Services.GetRequiredKeyedService<IChatClient>("reader").GetResponseAsync("hello");
            Assert.InRange(response.Usage!.OutputTokenCount!.Value, 1, 3);
            await host.StopAsync();
        }
        await using PixelisAgent late = PixelisAgent.Create().WithModel(shared).Build();
        Assert.Contains("disposed", (await Assert.ThrowsAnyAsync<Exception>(() => late.AskAsync("gone?"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_described_in_code_gets_its_tools_logging_and_model_from_the_services()
    {
        var model = new ScriptedModel(_ => "ok");
        using var recorder = new Telemetry.Recorder("none");
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(recorder);
        services.AddSingleton(model);
        services.AddSingleton<AIFunction>(AIFunctionFactory.Create(() => 1, "everyones"));
        services.AddKeyedSingleton<AIFunction>("second", AIFunctionFactory.Create(() => 2, "only_seconds"));
        services.AddPixelis(o => o.ModelFactory = s => s.GetRequiredService<ScriptedModel>());
        services.AddPixelis("second", o => o.ModelFactory = s => s.GetRequiredService<ScriptedModel>());
        services.AddPixelis("third", o =>
        {
            o.ModelFactory = s => s.GetRequiredService<ScriptedModel>();
            o.UseRegisteredTools = false;
        });
        services.AddPixelisChatClient();
        await using (ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }))
        {
            Assert.Equal(["everyones"], await ToolsOf(provider.GetRequiredService<PixelisAgent>(), model));
            Assert.Equal(["everyones", "only_seconds"], await ToolsOf(provider.GetRequiredKeyedService<PixelisAgent>("second"), model));
            Assert.Empty(await ToolsOf(provider.GetRequiredKeyedService<PixelisAgent>("third"), model));
            Assert.Equal("third", provider.GetRequiredKeyedService<PixelisAgent>("third").Name);
            Assert.Same(provider.GetRequiredService<PixelisAgent>(), provider.GetRequiredService<IChatClient>().GetService<PixelisAgent>());
            Assert.Contains(recorder.Lines, l => l.Text.Contains("Answered", StringComparison.Ordinal));
        }
        Assert.Equal(3, model.Disposals); // by each agent its factory gave it to; the container frees no instance it was handed
    }

    [Fact]
    public async Task A_server_can_be_the_model_and_settings_from_code_count_last()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => OpenAIServer.Stream(context, new { content = "far away" }));
        var services = new ServiceCollection();
        services.AddPixelis(Json("""{ "Server": { "Endpoint": "http://127.0.0.1:1/v1", "Model": "qwen", "ApiKey": "k", "MaxRetries": 1 } }"""), o => o.Server!.Endpoint = server.Endpoint);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("far away", (await provider.GetRequiredService<PixelisAgent>().AskAsync("?")).Text);
        Assert.Equal("Bearer k", server.Authorizations[0]);
    }

    public static TheoryData<string, string> Wrong() => new()
    {
        { "{}", "no model is set. Set Model" },
        { """{ "Model": "/no/such/folder" }""", "Model is '/no/such/folder', but there is no such folder" },
        { """{ "Model": "." }""", "no config.json" },
        { """{ "Server": { "Endpoint": "ftp://x", "Model": "m" } }""", "Server:Endpoint is 'ftp://x" },
        { """{ "Server": { "Endpoint": "http://x" } }""", "Server:Model is not set" },
        { """{ "Model": ".", "Server": { "Endpoint": "http://x", "Model": "m" } }""", "Set only one" },
        { """{ "Tools": ["ZOOM_OUT"] }""", "Tools holds 'ZOOM_OUT'" },
        { """{ "Dialect": "klingon" }""", "Dialect is 'klingon'. Set it to one of: pixelis, pixel-reasoner" },
        { """{ "DataType": "int4" }""", "DataType is 'int4'" },
        { """{ "Device": "tpu" }""", "Device is 'tpu'" },
        { """{ "ContextLength": 0 }""", "ContextLength is 0" },
        { """{ "Generation": { "TopP": 2 } }""", "Generation: GenerationOptions.TopP is 2" },
        { """{ "Limits": { "MaxTurns": 0 } }""", "Limits: MaxTurns must be at least 1" },
        { """{ "Modle": "x" }""", "Modle" },
        { """{ "Generation": { "TopP": "many" } }""", "TopP" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Settings_that_cannot_work_stop_the_host_at_its_start_and_are_named(string settings, string message)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPixelis("inspector", Json(settings));
        using IHost host = builder.Build();
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        if (error is OptionsValidationException)
            Assert.Contains("agent 'inspector'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_host_settings_are_checked_when_the_agent_is_asked_for()
    {
        using ServiceProvider provider = new ServiceCollection().AddPixelis(o => o.Model = "/no/such/folder").BuildServiceProvider();
        Assert.Contains("/no/such/folder", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<PixelisAgent>()).Message);
    }

    [Fact]
    public void Adding_a_name_again_adds_to_its_settings()
    {
        var model = new ScriptedModel(_ => "x");
        var services = new ServiceCollection();
        services.AddPixelis("a", o => o.ModelFactory = _ => model).AddPixelis("a", o => o.SystemPrompt = "more");
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Single(provider.GetKeyedServices<PixelisAgent>("a"));
        Assert.Equal("more", provider.GetRequiredService<IOptionsMonitor<PixelisOptions>>().Get("a").SystemPrompt);
    }

    private static async Task<IEnumerable<string>> ToolsOf(PixelisAgent agent, ScriptedModel model)
    {
        await agent.AskAsync("?");
        return model.Tools.Select(t => t.Name);
    }

    private static IConfiguration Json(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
}
