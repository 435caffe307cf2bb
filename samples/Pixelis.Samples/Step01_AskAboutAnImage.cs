using Pixelis.Agents;
using Pixelis.Generation;

namespace Pixelis.Samples;

/// <summary>The README's program: a question about a picture, answered token by token.</summary>
internal static class Step01_AskAboutAnImage
{
    public static async Task RunAsync(string model, string image)
    {
        await using PixelisAgent agent = PixelisAgent.Create()
            .WithModel(model)
            .WithGeneration(new GenerationOptions { MaxNewTokens = 32, Temperature = 0.7, Seed = 1 })
            .Build();

        await foreach (AgentEvent happened in agent.StreamAsync("Which shapes are in the picture?", image))
        {
            if (happened is TokenEvent { Token.Text: var text })
                Console.Write(text);
            else if (happened is AnswerEvent { Answer: var answer })
                Console.WriteLine($"\n({answer.FinishReason}, {answer.Tokens.Count} tokens)");
        }
    }
}
