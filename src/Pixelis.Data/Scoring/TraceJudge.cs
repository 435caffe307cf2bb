using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Pixelis.Data.Drawing;
using Pixelis.Imaging;

namespace Pixelis.Data;

/// <summary>
/// Lets a model behind any chat client score traces from 1 to 5, a few of them several times, to see whether it agrees with itself. What the
/// judge writes is untrusted: only the number after "Score:" is read. Thread-safe when the client is.
/// </summary>
public sealed partial class TraceJudge
{
    private const string Instruction =
        "You check training examples for an assistant that looks at pictures with tools. Judge whether each step follows from what was seen before it, "
        + "whether the calls make sense, and whether the answer follows. A mistake that the assistant notices and mends is good. "
        + "Reply with one sentence and then a line 'Score: N' with N from 1 (useless) to 5 (flawless).";

    private readonly IChatClient _client;
    private readonly JudgeOptions _options;

    /// <summary>Makes a judge. The client stays the caller's.</summary>
    /// <param name="client">The model.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public TraceJudge(IChatClient client, JudgeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new JudgeOptions();
        _options.Validate();
    }

    /// <summary>Scores a trace; which traces are scored again depends on their names only.</summary>
    public async Task<JudgeResult> ScoreAsync(TrainingTrace trace, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ChatMessage[] messages = [new ChatMessage(ChatRole.System, Instruction), new ChatMessage(ChatRole.User, Describe(trace))];
        int times = IsRescored(trace) ? 1 + _options.Rescores : 1;
        var scores = new List<double>(times);
        for (int i = 0; i < times; i++)
        {
            ChatResponse response = await _client.GetResponseAsync(messages, new ChatOptions { Temperature = times == 1 ? 0 : 0.7f, MaxOutputTokens = 200 }, cancellationToken);
            if (Read(response.Text) is { } score)
                scores.Add(score);
        }
        if (scores.Count == 0)
            return new JudgeResult(null, null, false);
        double mean = scores.Average(), spread = Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
        return new JudgeResult(mean, scores.Count > 1 ? spread : null, scores.Count > 1 && spread > _options.LargestSpread);
    }

    private bool IsRescored(TrainingTrace trace)
    {
        ulong hash = 0;
        foreach (char c in trace.Trajectory.Id)
            hash = SceneRandom.Mix(hash + c);
        return (hash >> 11) * (1.0 / (1UL << 53)) < _options.RescoreShare;
    }

    internal static double? Read(string reply)
    {
        Match last = ScoreText().Matches(reply).LastOrDefault() ?? Match.Empty;
        return last.Success && double.TryParse(last.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out double score) && score is >= 1 and <= 5 ? score : null;
    }

    private List<AIContent> Describe(TrainingTrace trace)
    {
        var contents = new List<AIContent>();
        var text = new StringBuilder($"Right answer: {trace.Example.Answer}\n");
        if (_options.ShowPictures)
        {
            foreach (TraceMessage message in TraceMessages.Of(trace))
                Add(message.Message);
        }
        else
        {
            foreach (Trajectories.TrajectoryTurn turn in trace.Trajectory.Turns)
                text.Append(CultureInfo.InvariantCulture, $"\n[{turn.Role}] {turn.Text}");
        }
        contents.Add(new TextContent(text.ToString()));
        return contents;

        void Add(Message message)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{message.Role}] ");
            foreach (ContentPart part in message.Parts)
            {
                if (part is TextPart words)
                    text.Append(words.Text);
                else if (part is ImagePart image)
                {
                    contents.Add(new TextContent(text.ToString()));
                    text.Clear();
                    contents.Add(new DataContent(new OpenCvImageCodec().Encode(image.Image, ImageFileFormat.Png), "image/png"));
                }
            }
        }
    }

    [GeneratedRegex(@"Score:\s*([0-9]+(?:\.[0-9]+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex ScoreText();
}
