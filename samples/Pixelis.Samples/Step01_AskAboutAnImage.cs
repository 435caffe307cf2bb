using Pixelis.Agents;
using Pixelis.Generation;

namespace Pixelis.Samples;

/// <summary>The README's program: a question about a picture, answered token by token, with tools to look closer.</summary>
internal static class Step01_AskAboutAnImage
{
    public static async Task RunAsync(string model, string image)
    {
        await using PixelisAgent agent = PixelisAgent.Create()
            .WithModel(model)
            .WithTools(tools => tools.ZoomIn().ReadText().SegmentObjectAt().GetProperties())
            .WithLimits(new AgentLimits { MaxTurns = 6, MaxDuration = TimeSpan.FromMinutes(2) })
            .WithTelemetry()
            .WithGeneration(new GenerationOptions { MaxNewTokens = 512 })
            .Build();

        await foreach (AgentEvent happened in agent.StreamAsync("Which letter is on the white square?", image))
        {
            if (happened is TokenEvent { Token.Text: var text })
                Console.Write(text);
            else if (happened is ObservationEvent { Call.Name: var tool, Result.Text: var result })
                Console.WriteLine($"\n{tool}: {result}");
            else if (happened is AnswerEvent { Answer: var answer })
                Console.WriteLine($"\n({answer.EndReason}, {answer.Tokens.Count} tokens)");
        }
    }
}
