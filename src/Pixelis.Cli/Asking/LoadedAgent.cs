using Pixelis.Agents;
using Pixelis.Agents.ChatClients;
using Pixelis.Cli.CommandLine;
using Pixelis.Models.Qwen;
using Pixelis.Models.Sam;
using TorchSharp;

namespace Pixelis.Cli.Asking;

/// <summary>The agent that a command line describes, with what it runs on. Dispose it.</summary>
internal sealed class LoadedAgent : IAsyncDisposable
{
    /// <summary>The variable that holds the server's key: on a command line, everybody on the machine could read it.</summary>
    public const string KeyVariable = "PIXELIS_API_KEY";

    private readonly SamSegmenter? _sam;

    private LoadedAgent(PixelisAgent agent, SamSegmenter? sam) => (Agent, _sam) = (agent, sam);

    public PixelisAgent Agent { get; }

    /// <summary>Loads the models or names the server.</summary>
    public static LoadedAgent Load(AgentChoice choice)
    {
        if (choice.Threads is { } threads)
            torch.set_num_threads(threads);
        SamSegmenter? sam = choice.SamFolder is { } folder ? SamSegmenter.FromPretrained(folder, new SamSegmenterOptions { Device = DeviceOf(choice.Device) }) : null;
        try
        {
            return new LoadedAgent(Make(choice, sam), sam);
        }
        catch
        {
            sam?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        _sam?.Dispose();
    }

    private static PixelisAgent Make(AgentChoice choice, SamSegmenter? sam)
    {
        PixelisAgentBuilder builder = PixelisAgent.Create().WithGeneration(choice.Generation).WithLimits(choice.Limits).WithDialect(choice.Dialect)
            .WithTools(catalogue => choice.Tools(catalogue, sam));
        builder = choice.Server is { } server
            ? builder.WithModel(() => Remote(server, choice.Model))
            : builder.WithModel(choice.Model, LocalOptions(choice));
        if (choice.Logging is { } logging)
            builder.WithLogging(logging).WithTelemetry();
        return (choice.SystemPrompt is { } text ? builder.WithSystemPrompt(text) : builder).Build();
    }

    private static ChatClientModel Remote(Uri server, string name)
    {
        string? key = Environment.GetEnvironmentVariable(KeyVariable);
        var options = new OpenAICompatibleOptions { Endpoint = server, Model = name, ApiKey = string.IsNullOrEmpty(key) ? null : key };
        return new ChatClientModel(new OpenAICompatibleClient(options), ownsClient: true);
    }

    private static QwenVisionLanguageModelOptions LocalOptions(AgentChoice choice)
    {
        torch.Device device = DeviceOf(choice.Device);
        if (choice.Type == WeightType.F16 && device.type == DeviceType.CPU)
            throw new UsageException("--dtype f16 needs a GPU: libtorch has no f16 matrix products on the processor. Use bf16 or f32.");
        return new QwenVisionLanguageModelOptions
        {
            Model = new QwenModelOptions { Device = device, DataType = choice.Type?.ToScalarType(), Trainable = false },
        };
    }

    /// <summary>The device of <c>--device</c>.</summary>
    public static torch.Device DeviceOf(string name)
    {
        if (name == "auto")
            return torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        return torch.device(name);
    }
}
