using System.Diagnostics;
using Pixelis.Agents;
using Pixelis.Generation;

namespace Pixelis.Samples;

/// <summary>Several questions about one picture: the model looks at it for the first one only.</summary>
internal static class SeveralQuestions
{
    public static async Task RunAsync(string model, string image)
    {
        await using PixelisAgent agent = PixelisAgent.Create()
            .WithModel(model)
            .WithGeneration(new GenerationOptions { MaxNewTokens = 16, Temperature = 0.7, Seed = 1 })
            .Build();

        await using AgentSession session = agent.Look(image);
        foreach (string question in new[] { "Which shapes are there?", "Which colours?", "How many circles?" })
        {
            long asked = Stopwatch.GetTimestamp();
            TimeSpan first = default;
            await foreach (AgentEvent happened in session.StreamAsync(question))
            {
                if (happened is TokenEvent && first == default)
                    first = Stopwatch.GetElapsedTime(asked);
            }
            Console.WriteLine($"{question} first token after {first.TotalMilliseconds:0} ms");
        }
    }
}
