using System.Diagnostics;
using Pixelis.Agents;
using Pixelis.Cli.CommandLine;
using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.Imaging.Video;
using Pixelis.Models.Qwen;
using TorchSharp;

namespace Pixelis.Cli.Asking;

/// <summary>Loads a model, asks it, and streams what it writes.</summary>
internal static class Asker
{
    /// <param name="settings">What to ask whom.</param>
    /// <param name="onText">Receives each piece of text as it is generated.</param>
    /// <param name="cancellation">Stops within one token.</param>
    public static async Task<AnswerDocument> AskAsync(AskSettings settings, Action<string> onText, CancellationToken cancellation)
    {
        Message question = Compose(settings); // before the model: a missing picture should not wait for gigabytes
        if (settings.Threads is { } threads)
            torch.set_num_threads(threads);
        var clock = Stopwatch.StartNew();
        await using PixelisAgent agent = Build(settings);
        TimeSpan loaded = clock.Elapsed;
        cancellation.ThrowIfCancellationRequested();

        TimeSpan first = TimeSpan.Zero;
        AgentAnswer? answer = null;
        int newTokens = 0;
        await foreach (AgentEvent happened in agent.StreamAsync(question, cancellation))
        {
            if (happened is TokenEvent { Token: var token })
            {
                if (newTokens++ == 0)
                    first = clock.Elapsed;
                if (token.Text.Length > 0)
                    onText(token.Text);
            }
            answer = (happened as AnswerEvent)?.Answer ?? answer;
        }
        double decoding = (clock.Elapsed - first).TotalSeconds;
        return new AnswerDocument(
            settings.Model, settings.Question, answer!.Text, answer.FinishReason.ToString(),
            answer.Tokens.Count - newTokens, newTokens,
            Math.Round(loaded.TotalSeconds, 3),
            Math.Round((first - loaded).TotalSeconds, 3),
            newTokens > 1 && decoding > 0 ? Math.Round((newTokens - 1) / decoding, 2) : 0);
    }

    private static PixelisAgent Build(AskSettings settings)
    {
        torch.Device device = DeviceOf(settings.Device);
        if (settings.Type == WeightType.F16 && device.type == DeviceType.CPU)
            throw new UsageException("--dtype f16 needs a GPU: libtorch has no f16 matrix products on the processor. Use bf16 or f32.");
        var options = new QwenVisionLanguageModelOptions
        {
            Model = new QwenModelOptions { Device = device, DataType = settings.Type?.ToScalarType(), Trainable = false },
        };
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(settings.Model, options).WithGeneration(settings.Generation);
        return (settings.SystemPrompt is { } text ? builder.WithSystemPrompt(text) : builder).Build();
    }

    private static Message Compose(AskSettings settings)
    {
        var parts = new List<ContentPart>();
        parts.AddRange(settings.Images.Select(path => new ImagePart(ImageFile.Load(path))));
        parts.AddRange(settings.Videos.Select(path => new VideoPart(VideoFile.Load(path))));
        parts.Add(new TextPart(settings.Question));
        return Message.User([.. parts]);
    }

    private static torch.Device DeviceOf(string name)
    {
        if (name == "auto")
            return torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        return torch.device(name);
    }
}
