using System.CommandLine;
using System.Net;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Serving;
using Pixelis.Online;
using Pixelis.Serving;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis serve</c>: an agent over HTTP.</summary>
internal static class ServeCommand
{
    private const string KeyVariable = "PIXELIS_API_KEY";
    private static readonly LearningOptions Learning = new(episodes: 4, reviewShare: 0.02);

    public static Command Create()
    {
        var command = new Command("serve", "Answers over HTTP: OpenAI-compatible chat completions with pictures, tools and streaming, and a live page")
        {
            ServeOptions.Model, ServeOptions.Name, ServeOptions.Host, ServeOptions.Port, ServeOptions.ApiKeyFile, ServeOptions.AdminKeyFile, AskOptions.Tools, AskOptions.Sam, AskOptions.Dialect,
            AskOptions.SystemPrompt, AskOptions.MaxTurns, AskOptions.MaxCalls, AskOptions.Timeout, AskOptions.ToolTimeout, AskOptions.MaxNewTokens,
            AskOptions.Temperature, AskOptions.TopP, ServeOptions.MaxTokens, ServeOptions.MaxRunning, ServeOptions.MaxWaiting, ServeOptions.Rate, ServeOptions.MaxPictures,
            ServeOptions.MaxMegapixels, ServeOptions.MaxBody, ServeOptions.Grace, AskOptions.Type, AskOptions.Device, AskOptions.Threads, ServeOptions.Online,
        };
        foreach (Option option in Learning.All)
            command.Add(option);
        command.SetAction((parsed, cancellation) => ServeSession.RunAsync(Read(parsed), parsed.InvocationConfiguration, parsed.GetValue(PixelisCommandLine.Verbose), cancellation));
        return command
            .WithExamples(
                "pixelis serve --model ./Qwen2.5-VL-3B-Instruct --tools zoom_in,read_text",
                "curl http://127.0.0.1:8080/v1/chat/completions -H 'Content-Type: application/json' -d '{\"model\": \"Qwen2.5-VL-3B-Instruct\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'",
                "openssl rand -hex 32 > api.key && chmod 600 api.key && pixelis serve -m ./model --host 0.0.0.0 --port 80 --api-key-file api.key",
                "pixelis serve -m ./model --tools all --online ./online --episodes 4 --canary pixelbench --publish-every 50")
            .WithNote("""
                Any OpenAI client works: base URL http://127.0.0.1:8080/v1, and as key the server's, or anything where it has none. Pictures are sent as
                data: URIs; nothing is fetched. Tools are run by the server. The header X-Pixelis-Trace-Id of an answer names it for POST /v1/feedback.
                In a browser: http://127.0.0.1:8080/ shows answers as they come. For machines: /health, /metrics (Prometheus), GET /v1/models.
                With --online the agent remembers, votes and learns from what it is asked, and keeps that in the folder; options from --mode on say how.
                Without a key the server answers its own machine only. --temperature, --top-p and --max-new-tokens hold where a request does not say otherwise.
                Ctrl-C or SIGTERM: running episodes may end (--grace), then the exit code is 0; a second one ends at once.
                """);
    }

    private static ServeSettings Read(ParseResult parsed)
    {
        string host = parsed.GetValue(ServeOptions.Host)!;
        IPAddress address = AddressOf(host);
        int port = parsed.GetValue(ServeOptions.Port);
        if (port is < 0 or > 65535)
            throw new UsageException($"--port must be from 0 to 65535, not {port}.");
        (IReadOnlyList<string> keys, IReadOnlyList<string> admins) = (KeysOf(parsed.GetValue(ServeOptions.ApiKeyFile)), AdminKeysOf(parsed.GetValue(ServeOptions.AdminKeyFile)));
        if (keys.Count + admins.Count == 0 && !IPAddress.IsLoopback(address))
        {
            throw new UsageException(
                $"--host {host} can be reached by others, and there is no API key: whoever comes could use the model. Give --api-key-file FILE or set {KeyVariable}, or leave --host at 127.0.0.1.");
        }
        return new ServeSettings
        {
            Agent = AgentChoiceReader.Read(parsed, ServeOptions.Model, AskOptions.Tools, toolsOtherwise: "none"),
            Address = address,
            Port = port,
            Online = OnlineOf(parsed),
            Configure = Limits(parsed, keys, admins),
        };
    }

    private static OnlineEvolutionOptions? OnlineOf(ParseResult parsed)
    {
        if (parsed.GetValue(ServeOptions.Online) is not { } folder)
            return Learning.GivenIn(parsed) is { } option ? throw new UsageException($"{option.Name} has a meaning only with --online DIR.") : null;
        OnlineEvolutionOptions options = Learning.Read(parsed, folder);
        options.Validate(); // before the weights are read
        if (parsed.GetValue(AskOptions.Type) is { } type && type != WeightType.F32)
            throw new UsageException("With --online weights are f32: leave --dtype out.");
        return options;
    }

    private static IReadOnlyList<string> AdminKeysOf(string? file) => file is null ? [] : ServingKeys.Read(file);

    private static IReadOnlyList<string> KeysOf(string? file) =>
        file is not null ? ServingKeys.Read(file) : ServingKeys.FromEnvironment(KeyVariable) is { } key ? [key] : [];

    private static IPAddress AddressOf(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;
        return IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            ? address
            : throw new UsageException($"--host must be localhost or an IP address such as 127.0.0.1 or 0.0.0.0, not '{host}'.");
    }

    private static Action<PixelisServingOptions> Limits(ParseResult parsed, IReadOnlyList<string> keys, IReadOnlyList<string> admins)
    {
        int running = Least(parsed, ServeOptions.MaxRunning, 1), waiting = Least(parsed, ServeOptions.MaxWaiting, 0), rate = Least(parsed, ServeOptions.Rate, 0);
        int tokens = Least(parsed, ServeOptions.MaxTokens, 1), pictures = Least(parsed, ServeOptions.MaxPictures, 0);
        double megapixels = Positive(parsed, ServeOptions.MaxMegapixels, 1000), mebibytes = Positive(parsed, ServeOptions.MaxBody, 1024);
        double grace = parsed.GetValue(ServeOptions.Grace);
        if (grace is not (>= 0 and <= 3600))
            throw new UsageException($"--grace must be from 0 to 3,600 seconds, not {grace}.");
        string? name = parsed.GetValue(ServeOptions.Name);
        if (name is not null && string.IsNullOrWhiteSpace(name))
            throw new UsageException("--name is empty.");
        return options =>
        {
            options.ModelId = name;
            options.MaxEpisodes = running;
            options.MaxWaiting = waiting;
            options.RequestsPerMinute = rate;
            options.MaxTokens = tokens;
            options.MaxPictures = pictures;
            options.MaxPicturePixels = Math.Max(1, (long)(megapixels * 1_000_000));
            options.MaxRequestBytes = Math.Max(1024, (long)(mebibytes * (1 << 20)));
            options.ShutdownGrace = TimeSpan.FromSeconds(grace);
            foreach (string key in keys)
                options.ApiKeys.Add(key);
            foreach (string key in admins)
                options.AdminKeys.Add(key);
        };
    }

    private static int Least(ParseResult parsed, Option<int> option, int least)
    {
        int value = parsed.GetValue(option);
        return value >= least ? value : throw new UsageException($"{option.Name} must be at least {least}, not {value}.");
    }

    private static double Positive(ParseResult parsed, Option<double> option, double most)
    {
        double value = parsed.GetValue(option);
        return value > 0 && value <= most ? value : throw new UsageException($"{option.Name} must be more than 0 and at most {most}, not {value}.");
    }
}
