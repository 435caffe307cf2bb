using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pixelis.Agents.ChatClients;
using Pixelis.Models.Qwen;
using Pixelis.Tools;

namespace Pixelis.Agents.Hosting;

/// <summary>Makes an agent from its settings and the services around it.</summary>
internal static class AgentFactory
{
    public static PixelisAgent Create(IServiceProvider services, string? name)
    {
        PixelisOptions options = services.GetRequiredService<IOptionsMonitor<PixelisOptions>>().Get(name);
        PixelisAgentBuilder builder = PixelisAgent.Create();
        if (options.Generation is { } generation)
            builder.WithGeneration(generation);
        if (options.Dialect is { } dialect)
            builder.WithDialect(SettingNames.Dialect(dialect)!);
        if (name is not null)
            builder.WithName(name);
        if (options.Limits is { } limits)
            builder.WithLimits(limits);
        if (options.SystemPrompt is { Length: > 0 } instructions)
            builder.WithSystemPrompt(instructions);
        if (services.GetService<ILoggerFactory>() is { } logging)
            builder.WithLogging(logging);
        if (options.UseTelemetry)
            builder.WithTelemetry(t => t.RecordContent = options.Telemetry.RecordContent);
        AddTools(builder, services, options, name);
        AddModel(builder, services, options);
        return builder.Build();
    }

    private static void AddTools(PixelisAgentBuilder builder, IServiceProvider services, PixelisOptions options, string? name)
    {
        foreach (string tool in options.Tools.Distinct(StringComparer.OrdinalIgnoreCase))
            builder.WithTools(SettingNames.Tool(tool));
        if (!options.UseRegisteredTools)
            return;
        foreach (ITool tool in services.GetServices<ITool>())
            builder.WithTool(tool);
        foreach (AIFunction function in services.GetServices<AIFunction>())
            builder.WithTool(function);
        if (name is null)
            return;
        foreach (ITool tool in services.GetKeyedServices<ITool>(name))
            builder.WithTool(tool);
        foreach (AIFunction function in services.GetKeyedServices<AIFunction>(name))
            builder.WithTool(function);
    }

    private static void AddModel(PixelisAgentBuilder builder, IServiceProvider services, PixelisOptions options)
    {
        if (options.ModelFactory is { } make)
        {
            builder.WithModel(() => make(services));
        }
        else if (options.Server is { } server)
        {
            builder.WithModel(() => new ChatClientModel(Client(server), options.ContextLength ?? 32_768, ownsClient: true));
        }
        else
        {
            ModelKey key = ModelKey.Of(options);
            if (AgentProfile.Load(key.Folder) is { } profile)
                builder.WithProfile(profile);
            builder.WithModel(services.GetRequiredService<SharedModels>().Get(key, () => QwenVisionLanguageModel.FromPretrained(key.Folder, SettingNames.Model(key))));
        }
    }

    private static OpenAICompatibleClient Client(PixelisServerOptions server) => new(new OpenAICompatibleOptions
    {
        Endpoint = server.Endpoint!,
        Model = server.Model!,
        ApiKey = server.ApiKey,
        AzureApiVersion = server.AzureApiVersion,
        Timeout = server.Timeout,
        MaxRetries = server.MaxRetries,
    });
}
