using System.Diagnostics;
using System.Globalization;
using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;
using static TorchSharp.torch;

namespace Pixelis.Benchmarks.Agent;

/// <summary>
/// <c>agent [--shape tiny] [--type f32|bf16] [--episodes N] [--turns N] [--tokens N]</c>: what the loop adds to the time of a real model with
/// random weights, and what a tool call costs outside the tool.
/// </summary>
internal static class AgentRunner
{
    private const string OneCall = "I look closer.\n<tool_call>\n{\"name\": \"probe\", \"arguments\": {\"bbox_2d\": [10, 20, 110, 120]}}\n</tool_call>";

    public static async Task<int> RunAsync(string[] arguments)
    {
        string shapeName = Option(arguments, "--shape", "tiny");
        int episodes = Number(arguments, "--episodes", "20"), turns = Number(arguments, "--turns", "6"), tokens = Number(arguments, "--tokens", "64");
        RandomModelShape shape = RandomModelShape.Find(shapeName) ?? throw new ArgumentException($"'{shapeName}' is no shape.");
        string folder = Path.Combine(Path.GetTempPath(), "pixelis-benchmarks", shape.Name);
        if (!Directory.Exists(folder))
            RandomModel.Write(folder, shape);
        ScalarType type = Option(arguments, "--type", "f32") == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32;
        using var model = QwenVisionLanguageModel.FromPretrained(folder, new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { DataType = type } });
        Console.WriteLine($"{shape.Name}, {episodes} episodes of {turns} turns of {tokens} tokens, about a picture of 448x448");
        Console.WriteLine("| calls a turn | the tool returns | model ms an episode | loop ms an episode | loop / model | us a call outside the tool, median (min-max of turns) |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (int calls in new[] { 1, 4 })
        {
            foreach (bool pictures in new[] { false, true })
                await MeasureAsync(model, episodes, turns, tokens, calls, pictures);
        }
        return 0;
    }

    private static async Task MeasureAsync(QwenVisionLanguageModel model, int episodes, int turns, int tokens, int calls, bool pictures)
    {
        var tool = new ProbeTool(pictures ? Picture(56) : null);
        using var timed = new TimedModel(model, string.Concat(Enumerable.Repeat(OneCall, calls)), turns);
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(timed).WithTool(tool)
            .WithLimits(new AgentLimits { MaxTurns = turns, MaxToolCalls = calls * turns, MaxImages = (calls * turns) + 1 })
            .WithGeneration(new GenerationOptions { MaxNewTokens = tokens, IgnoreEndOfTurn = true })
            .Build();
        for (int i = 0; i < Math.Max(8, episodes / 4); i++) // long enough for the compiler's last tier
            await agent.AskAsync("What is on the table?", Picture(448));
        timed.Reset();
        tool.Take();
        long total = 0;
        for (int i = 0; i < episodes; i++)
        {
            PixelImage picture = Picture(448); // a new one, whose hash is not known yet
            long start = Stopwatch.GetTimestamp();
            await agent.AskAsync("What is on the table?", picture);
            total += Stopwatch.GetTimestamp() - start;
        }
        long inTool = tool.Take();
        double perCall = (double)inTool / (timed.BetweenTicks.Count * calls);
        double[] outside = [.. timed.BetweenTicks.Select(t => Microseconds((t / (double)calls) - perCall)).Order()];
        double modelTime = Microseconds(timed.InsideTicks) / 1000 / episodes, loopTime = Microseconds(total - timed.InsideTicks - inTool) / 1000 / episodes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {calls} | {(pictures ? "a picture" : "text")} | {modelTime:F1} | {loopTime:F2} | {loopTime / modelTime:P2} | {outside[outside.Length / 2]:F1} ({outside[0]:F1}-{outside[^1]:F1}) |"));
    }

    private static double Microseconds(double ticks) => ticks / Stopwatch.Frequency * 1_000_000;

    private static PixelImage Picture(int side)
    {
        var pixels = new byte[side * side * 3];
        new Random(side).NextBytes(pixels);
        return PixelImage.Wrap(side, side, PixelFormat.Rgb24, pixels);
    }

    private static int Number(string[] arguments, string name, string standard) => int.Parse(Option(arguments, name, standard), CultureInfo.InvariantCulture);

    private static string Option(string[] arguments, string name, string standard) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : standard;
}
