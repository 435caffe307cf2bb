using System.Diagnostics;
using System.Globalization;
using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;

namespace Pixelis.Benchmarks.Sessions;

/// <summary>
/// <c>session [model folder] [runs]</c>: questions about one 480x360 picture with and without the memory of pictures, in turns, up to the
/// first token. Without a folder a random model of the 0.5b shape is made and deleted. Processor time is told beside wall time: on a busy
/// machine it is the steadier of the two.
/// </summary>
internal static class SessionRunner
{
    private sealed record Case(string Name, QwenVisionLanguageModel Model, PixelisAgent Agent, AgentSession Session)
    {
        public List<double> Wall { get; } = [];

        public List<double> Processor { get; } = [];
    }

    internal static int Run(string[] arguments)
    {
        string made = Path.Combine(Path.GetTempPath(), $"pixelis-session-{Environment.ProcessId}");
        int runs = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 11;
        try
        {
            if (arguments.Length == 0)
                RandomModel.Write(made, RandomModelShape.Find("0.5b")!);
            MeasureAsync(arguments.Length > 0 ? arguments[0] : made, runs).GetAwaiter().GetResult();
            return 0;
        }
        finally
        {
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, int runs)
    {
        Case[] cases = [Make(folder, "looking each time", 0), Make(folder, "looking once", 256L << 20)];
        for (int run = 0; run <= runs; run++)
        {
            foreach (Case one in cases)
                await AskAsync(one, run);
        }
        foreach (Case one in cases)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Name}: wall {Median(one.Wall):F2} s (least {one.Wall.Min():F2}), processor {Median(one.Processor):F2} s (least {one.Processor.Min():F2}), pictures encoded {one.Model.Model.PicturesEncoded}"));
            await one.Agent.DisposeAsync();
            one.Model.Dispose();
        }
    }

    private static Case Make(string folder, string name, long memory)
    {
        QwenVisionLanguageModel model = QwenVisionLanguageModel.FromPretrained(
            folder, new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { VisionMemoryBytes = memory } });
        PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithGeneration(new GenerationOptions { MaxNewTokens = 1 }).Build();
        var pixels = new byte[480 * 360 * 3];
        new Random(1).NextBytes(pixels);
        return new Case(name, model, agent, agent.Look(PixelImage.Wrap(480, 360, PixelFormat.Rgb24, pixels)));
    }

    private static async Task AskAsync(Case one, int run)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        await one.Session.AskAsync($"Question {run}");
        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        if (run == 0)
            return; // warms up, and looks in both cases
        one.Wall.Add(wall.TotalSeconds);
        one.Processor.Add((process.TotalProcessorTime - before).TotalSeconds);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
