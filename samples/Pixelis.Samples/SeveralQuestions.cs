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
            .WithTools(tools => tools.ZoomIn())
            .Build();

        await using AgentSession session = agent.Look(image);
        foreach (string question in new[] { "Which letter is on the white square?", "Which letter is on the green square?" })
        {
            long asked = Stopwatch.GetTimestamp();
            TimeSpan first = default;
            string answer = "";
            await foreach (AgentEvent happened in session.StreamAsync(question))
            {
                if (happened is TokenEvent && first == default)
                    first = Stopwatch.GetElapsedTime(asked);
                else if (happened is AnswerEvent { Answer: var last })
                    answer = last.Text;
            }
            Console.WriteLine($"{question} {answer} (first token after {first.TotalMilliseconds:0} ms)");
        }
    }
}
