using System.Diagnostics;
using System.Globalization;
using Pixelis.Agents;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Imaging;
using Spectre.Console;

namespace Pixelis.Cli.Demonstrating;

/// <summary>Draws a fresh scene of each family, lets the agent answer while one looks on, and holds the answer against the truth.</summary>
internal sealed class Demo(DemoChoice choice, TextWriter output)
{
    private const long FirstScene = 1_000_000; // evaluations count from 0: no scene of a demo is one of theirs

    private readonly IAnsiConsole _console = Terminal.For(output);

    /// <summary>Runs it; how many answers were right, of how many.</summary>
    public async Task<(int Right, int Asked)> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(choice.Folder);
        await using LoadedAgent loaded = LoadedAgent.Load(choice.Agent);
        var scenes = new PixelBenchGenerator(new PixelBenchOptions { Split = PixelBenchSplit.Test });
        var random = new Random(choice.Seed);
        int right = 0;
        foreach (PixelBenchFamily family in choice.Families)
        {
            cancellation.ThrowIfCancellationRequested();
            int difficulty = choice.Difficulties[random.Next(choice.Difficulties.Count)];
            Example scene = scenes.Create(family, difficulty, FirstScene + random.Next(1_000_000_000));
            if (await AskAsync(loaded.Agent, scene, cancellation))
                right++;
        }
        return (right, choice.Families.Count);
    }

    private async Task<bool> AskAsync(PixelisAgent agent, Example scene, CancellationToken cancellation)
    {
        string picture = SavePicture(scene), page = Path.Combine(choice.Folder, scene.Family + ".html");
        output.WriteLine();
        _console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"{scene.Family}, difficulty {scene.Difficulty}: {picture}"), Style.Parse("grey")));
        _console.WriteLine();
        _console.Write(new Text(scene.Question, Style.Parse("bold")));
        _console.WriteLine();
        var transcript = new Transcript(output);
        var clock = Stopwatch.StartNew();
        AgentAnswer? answer = null;
        await foreach (AgentEvent happened in agent.StreamAsync(new AgentRequest(scene.Question, [scene.Media[0].ToPart()]), cancellation))
        {
            transcript.Tell(happened);
            if (happened is AnswerEvent last)
            {
                answer = last.Answer;
                answer.Trajectory.SaveHtml(page);
            }
        }
        return Judge(scene, answer!, clock.Elapsed, page);
    }

    private bool Judge(Example scene, AgentAnswer answer, TimeSpan time, string page)
    {
        bool right = CanonicalAnswer.IsRight(answer.Trajectory.Answer, scene.Answer);
        string verdict = right ? $"right: {scene.Answer}"
            : answer.Trajectory.Answer is { } given ? $"wrong: {TerminalText.Clean(given)}; it is {scene.Answer}"
            : $"no answer ({answer.EndReason}); it is {scene.Answer}";
        _console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"{verdict} ({time.TotalSeconds:0.0} s, {page})"), Style.Parse(right ? "green" : "red")));
        _console.WriteLine();
        return right;
    }

    // Of a clip the first frame; its page shows the others.
    private string SavePicture(Example scene)
    {
        string path = Path.Combine(choice.Folder, scene.Family + ".png");
        ImageFile.Save(scene.Media[0].Image ?? scene.Media[0].Clip!.Frames[0].Image, path);
        return path;
    }
}
