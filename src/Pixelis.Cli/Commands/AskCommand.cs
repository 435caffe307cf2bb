using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Generation;
using Spectre.Console;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis ask</c>: the main job, a question about images or videos.</summary>
internal static partial class AskCommand
{
    private static readonly Argument<string> Question = new("QUESTION") { Description = "What to ask; '-' reads it from standard input" };

    private static readonly Option<string> Model = new("--model", "-m")
    {
        Description = "Hugging Face model folder (Qwen2.5-VL; Qwen2.5 or Qwen3 for questions without pictures)", Required = true, HelpName = "FOLDER",
    };

    private static readonly Option<string[]> Images = new("--image", "-i")
    {
        Description = "Image file: JPEG, PNG, WebP, GIF, BMP, TIFF; may be given several times", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> Videos = new("--video")
    {
        Description = "Video file; frames are sampled; may be given several times", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> SystemPrompt = new("--system") { Description = "Standing instructions for the model", HelpName = "TEXT" };

    private static readonly Option<int> MaxNewTokens = new("--max-new-tokens", "-n")
    {
        Description = "Most tokens the answer may have", HelpName = "N", DefaultValueFactory = _ => 512,
    };

    private static readonly Option<double> Temperature = new("--temperature", "-t")
    {
        Description = "0 takes the likeliest token, 1 samples from the model's own distribution", HelpName = "T", DefaultValueFactory = _ => 0,
    };

    private static readonly Option<double> TopP = new("--top-p")
    {
        Description = "Sample from the likeliest tokens that together reach this probability", HelpName = "P", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Same seed, same answer (on the processor, in f32)", HelpName = "N" };

    private static readonly Option<WeightType?> Type = CommonOptions.WeightType("Number format to run in (default: the model's own)");

    private static readonly Option<string> Device = new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N", HelpName = "DEVICE", DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<int?> Threads = new("--threads") { Description = "Processor threads (default: the physical cores)", HelpName = "N" };

    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("ask", "Asks a model about images or videos and streams its answer")
        {
            Question, Model, Images, Videos, SystemPrompt, MaxNewTokens, Temperature, TopP, Seed, Type, Device, Threads, Json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(Read(parsed), parsed.GetValue(Json), parsed.InvocationConfiguration, cancellation));
        return command
            .WithExamples(
                "pixelis ask --model ./Qwen2.5-VL-3B-Instruct --image photo.jpg \"What is on the table?\"",
                "pixelis ask -m ./model -i before.png -i after.png \"What changed?\" --max-new-tokens 100",
                "pixelis ask -m ./model --video clip.mp4 \"What happens?\" --temperature 0.7 --top-p 0.9 --seed 1",
                "pixelis ask -m ./model -i receipt.jpg \"What is the total?\" --json | jq -r .answer")
            .WithNote("Ctrl-C stops within one token; what was written so far stays on the screen.");
    }

    private static AskSettings Read(ParseResult parsed)
    {
        string question = parsed.GetRequiredValue(Question);
        if (question == "-")
            question = Console.In.ReadToEnd().Trim();
        if (string.IsNullOrWhiteSpace(question))
            throw new UsageException("The question is empty.");
        var settings = new AskSettings
        {
            Model = parsed.GetRequiredValue(Model),
            Question = question,
            Images = parsed.GetValue(Images) ?? [],
            Videos = parsed.GetValue(Videos) ?? [],
            SystemPrompt = parsed.GetValue(SystemPrompt),
            Type = parsed.GetValue(Type),
            Device = parsed.GetValue(Device)!,
            Threads = parsed.GetValue(Threads),
            Generation = new GenerationOptions
            {
                MaxNewTokens = parsed.GetValue(MaxNewTokens),
                Temperature = parsed.GetValue(Temperature),
                TopP = parsed.GetValue(TopP),
                Seed = parsed.GetValue(Seed),
            },
        };
        Check(settings);
        return settings;
    }

    private static void Check(AskSettings settings)
    {
        if (settings.Generation.MaxNewTokens < 1)
            throw new UsageException($"--max-new-tokens must be at least 1, not {settings.Generation.MaxNewTokens}.");
        if (!double.IsFinite(settings.Generation.Temperature) || settings.Generation.Temperature < 0)
            throw new UsageException($"--temperature must be 0 or more, not {settings.Generation.Temperature}.");
        if (settings.Generation.TopP is not (> 0 and <= 1))
            throw new UsageException($"--top-p must be more than 0 and at most 1, not {settings.Generation.TopP}.");
        // More threads than processors only wait for each other: with a hundred times as many, one product takes minutes.
        if (settings.Threads is { } threads && (threads < 1 || threads > Environment.ProcessorCount))
            throw new UsageException($"--threads must be from 1 to {Environment.ProcessorCount}, the logical processors of this machine, not {threads}.");
        if (!DeviceName().IsMatch(settings.Device))
            throw new UsageException($"--device must be auto, cpu, cuda or cuda:N, not '{settings.Device}'.");
        if (!Directory.Exists(settings.Model))
            throw new PixelisException($"{settings.Model}: there is no such folder; --model names a Hugging Face model folder.");
    }

    private static async Task<int> RunAsync(AskSettings settings, bool json, InvocationConfiguration streams, CancellationToken cancellation)
    {
        if (json)
        {
            AnswerDocument document = await Task.Run(() => Asker.AskAsync(settings, _ => { }, cancellation), cancellation);
            streams.Output.WriteLine(JsonSerializer.Serialize(document, CliJson.Default.AnswerDocument));
            return ExitCodes.Success;
        }
        using var status = new LoadingNotice(streams.Error, $"Loading {settings.Model}");
        bool written = false;
        try
        {
            AnswerDocument answer = await Task.Run(() => Asker.AskAsync(settings, Write, cancellation), cancellation);
            streams.Output.WriteLine();
            Terminal.For(streams.Error).MarkupLineInterpolated(
                $"[grey]{answer.PromptTokens} tokens read in {answer.FirstTokenSeconds:0.0} s, {answer.NewTokens} written at {answer.TokensPerSecond:0.0} a second{(answer.FinishReason == nameof(FinishReason.Length) ? "; cut off by --max-new-tokens" : "")}[/]");
            return ExitCodes.Success;
        }
        catch when (written)
        {
            streams.Output.WriteLine(); // the message that follows starts on a line of its own
            throw;
        }

        void Write(string text)
        {
            status.Clear();
            written = true;
            streams.Output.Write(text);
            streams.Output.Flush();
        }
    }

    [GeneratedRegex(@"^(auto|cpu|cuda(:\d{1,3})?)$")]
    private static partial Regex DeviceName();
}
