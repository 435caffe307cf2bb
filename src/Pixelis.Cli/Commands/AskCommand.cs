using System.CommandLine;
using System.Text.Json;
using Pixelis.Agents;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Generation;
using Pixelis.Trajectories;
using Spectre.Console;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis ask</c>: the main job, a question about images or videos.</summary>
internal static class AskCommand
{
    public static Command Create()
    {
        var command = new Command("ask", "Asks a model about images or videos; it may call tools to look closer; streams what happens")
        {
            AskOptions.Question, AskOptions.Model, AskOptions.Server, AskOptions.Images, AskOptions.Videos, AskOptions.Tools, AskOptions.Sam, AskOptions.Dialect,
            AskOptions.MaxTurns, AskOptions.MaxCalls, AskOptions.Timeout, AskOptions.ToolTimeout, AskOptions.Html, AskOptions.Trajectory, AskOptions.SystemPrompt,
            AskOptions.MaxNewTokens, AskOptions.Temperature, AskOptions.TopP, AskOptions.Seed, AskOptions.Type, AskOptions.Device, AskOptions.Threads, AskOptions.Json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(Read(parsed), parsed.GetValue(AskOptions.Json), parsed.InvocationConfiguration, cancellation));
        return command
            .WithExamples(
                "pixelis ask --model ./Qwen2.5-VL-3B-Instruct --image photo.jpg \"What is on the table?\"",
                "pixelis ask -m ./model -i receipt.jpg --tools zoom_in,read_text --html episode.html \"What is the total?\"",
                "pixelis ask -m ./model --video clip.mp4 --tools all --max-turns 6 --timeout 120 \"Where does the ball go?\"",
                "pixelis ask -m ./model -i before.png -i after.png \"What changed?\" --max-new-tokens 100 --temperature 0.7 --seed 1",
                "pixelis ask --server http://127.0.0.1:8000/v1 --model Qwen2.5-VL-7B-Instruct -i photo.jpg --tools all \"How many birds?\"",
                "pixelis ask -m ./model -i receipt.jpg \"What is the total?\" --json | jq -r .answer")
            .WithNote("""
                In the stream, a line with > is a tool call and a line with < what the tool returned. Images are numbered as given, then videos,
                then what tools return. A server's key is read from the variable PIXELIS_API_KEY.
                Ctrl-C stops within one token; what was written so far stays on the screen, and --html and --trajectory are still written.
                With --json a failure, too, is a JSON document: {"error": {"message", "type", "exitCode"}}.
                """);
    }

    private static AskSettings Read(ParseResult parsed)
    {
        string question = parsed.GetRequiredValue(AskOptions.Question);
        if (question == "-")
            question = Console.In.ReadToEnd().Trim();
        if (string.IsNullOrWhiteSpace(question))
            throw new UsageException("The question is empty.");
        var settings = new AskSettings
        {
            Agent = AgentChoiceReader.Read(parsed, AskOptions.Model, AskOptions.Tools, toolsOtherwise: "none"),
            Question = question,
            Images = parsed.GetValue(AskOptions.Images) ?? [],
            Videos = parsed.GetValue(AskOptions.Videos) ?? [],
            HtmlPath = parsed.GetValue(AskOptions.Html),
            TrajectoryPath = parsed.GetValue(AskOptions.Trajectory),
        };
        // Not after minutes of work.
        foreach (string path in new[] { settings.HtmlPath, settings.TrajectoryPath }.OfType<string>())
            OutputPath.Check(path);
        return settings;
    }

    private static async Task<int> RunAsync(AskSettings settings, bool json, InvocationConfiguration streams, CancellationToken cancellation)
    {
        if (json)
        {
            AnswerDocument document = await Task.Run(() => Asker.AskAsync(settings, _ => { }, cancellation), cancellation);
            streams.Output.WriteLine(JsonSerializer.Serialize(document, CliJson.Default.AnswerDocument));
            return CodeOf(document);
        }
        using var status = new LoadingNotice(streams.Error, settings.Agent.Server is null ? $"Loading {settings.Agent.Model}" : $"Asking {settings.Agent.Server}");
        var transcript = new Transcript(streams.Output);
        try
        {
            AnswerDocument answer = await Task.Run(() => Asker.AskAsync(settings, Tell, cancellation), cancellation);
            string text = TerminalText.Clean(answer.Answer);
            if (answer.EndReason == nameof(EndReason.Answered) && transcript.LastTurn.Trim() != text.Trim())
                streams.Output.WriteLine($"answer: {text}"); // it was only a part of what the model wrote
            Terminal.For(streams.Error).MarkupLineInterpolated($"[grey]{Summary(answer)}[/]");
            return CodeOf(answer);
        }
        catch
        {
            transcript.Break();
            throw;
        }

        void Tell(AgentEvent happened)
        {
            if (happened is not TokenEvent { Token.Text.Length: 0 })
                status.Clear();
            transcript.Tell(happened);
        }
    }

    private static int CodeOf(AnswerDocument answer) =>
        answer.EndReason is nameof(EndReason.Answered) or nameof(EndReason.TokenLimit) ? ExitCodes.Success : ExitCodes.NoAnswer;

    private static string Summary(AnswerDocument answer)
    {
        string calls = answer.ToolCalls.Count == 0 ? "" : FormattableString.Invariant($", {answer.ToolCalls.Count} tool calls in {answer.ToolCalls.Sum(call => call.Seconds):0.0} s");
        string tokens = answer.NewTokens is { } written
            ? FormattableString.Invariant($"{answer.PromptTokens} tokens read in {answer.FirstTokenSeconds:0.0} s, {written} written at {answer.TokensPerSecond ?? 0:0.0} a second{calls}")
            : FormattableString.Invariant($"{answer.Seconds:0.0} s{calls}");
        return tokens + answer.EndReason switch
        {
            nameof(EndReason.Answered) => "",
            nameof(EndReason.TokenLimit) => answer.FinishReason == nameof(FinishReason.Length) ? "; cut off by --max-new-tokens" : "; ended: the model's context is full",
            nameof(EndReason.TurnLimit) => "; ended without an answer: --max-turns",
            nameof(EndReason.CallLimit) => "; ended without an answer: --max-calls",
            nameof(EndReason.TimeLimit) => "; ended without an answer: --timeout",
            _ => $"; ended without an answer: {answer.EndReason}",
        };
    }
}
