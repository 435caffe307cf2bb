using System.Diagnostics;
using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.Imaging.Video;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Asking;

/// <summary>Loads a model or names a server, asks, and passes on what happens.</summary>
internal static class Asker
{
    /// <param name="settings">What to ask whom.</param>
    /// <param name="onEvent">Sees everything as it happens.</param>
    /// <param name="cancellation">Stops within one token.</param>
    public static async Task<AnswerDocument> AskAsync(AskSettings settings, Action<AgentEvent> onEvent, CancellationToken cancellation)
    {
        AgentRequest request = Compose(settings, cancellation); // before the model: a missing picture should not wait for gigabytes
        var clock = Stopwatch.StartNew();
        await using LoadedAgent loadedAgent = LoadedAgent.Load(settings.Agent);
        TimeSpan loaded = clock.Elapsed;
        cancellation.ThrowIfCancellationRequested();

        TimeSpan first = TimeSpan.Zero;
        AgentAnswer? answer = null;
        int pieces = 0;
        await foreach (AgentEvent happened in loadedAgent.Agent.StreamAsync(request, cancellation))
        {
            if (happened is TokenEvent && pieces++ == 0)
                first = clock.Elapsed;
            if (happened is AnswerEvent last)
            {
                answer = last.Answer;
                Save(settings, answer.Trajectory); // also of an episode that was cancelled or failed: that is what it is wanted for
            }
            onEvent(happened);
        }
        return Describe(settings, answer!, loaded, first, clock.Elapsed);
    }

    private static AnswerDocument Describe(AskSettings settings, AgentAnswer answer, TimeSpan loaded, TimeSpan first, TimeSpan ended)
    {
        Trajectory trajectory = answer.Trajectory;
        bool local = settings.Agent.Server is null;
        int written = trajectory.Provenance.Count(p => p == TokenProvenance.Sampled);
        double decoding = (ended - first).TotalSeconds;
        return new AnswerDocument
        {
            Model = settings.Agent.Model,
            Question = settings.Question,
            Answer = answer.Text,
            EndReason = answer.EndReason.ToString(),
            FinishReason = answer.FinishReason.ToString(),
            Turns = trajectory.Turns.Count(turn => turn.Role == Role.Assistant),
            ToolCalls = [.. trajectory.Turns.SelectMany(turn => turn.Invocations).Select(Describe)],
            PromptTokens = local ? trajectory.TokenIds.Count - written : null,
            NewTokens = local ? written : null,
            LoadSeconds = Math.Round(loaded.TotalSeconds, 3),
            FirstTokenSeconds = Math.Round(Math.Max(0, (first - loaded).TotalSeconds), 3),
            Seconds = Math.Round((ended - loaded).TotalSeconds, 3),
            TokensPerSecond = local && written > 1 && decoding > 0 ? Math.Round((written - 1) / decoding, 2) : null,
        };
    }

    private static CallDocument Describe(ToolInvocation call) => new(
        call.Call.Name, call.Call.Arguments, call.ResultText, call.IsError, call.ImageNumbers, Math.Round(call.Duration.TotalSeconds, 4));

    private static void Save(AskSettings settings, Trajectory trajectory)
    {
        if (settings.TrajectoryPath is { } json)
            TrajectoryJson.Save(trajectory, json);
        if (settings.HtmlPath is { } html)
            trajectory.SaveHtml(html);
    }

    private static AgentRequest Compose(AskSettings settings, CancellationToken cancellation)
    {
        ContentPart[] media =
        [
            .. settings.Images.Select(path => new ImagePart(ImageFile.Load(path))),
            .. settings.Videos.Select(path => new VideoPart(VideoFile.Load(path, cancellationToken: cancellation))),
        ];
        string[] paths = [.. settings.Images, .. settings.Videos];
        return new AgentRequest(settings.Question, media) { Paths = paths.Select((path, i) => (path, i)).ToDictionary(p => p.i + 1, p => p.path) };
    }
}
