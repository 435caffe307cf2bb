using System.Diagnostics;
using Pixelis.Agents;
using Pixelis.Agents.Telemetry;

namespace Pixelis.Serving.Live;

/// <summary>What is known of an episode while it runs, and after. Written by the one that runs it, read by whoever looks on.</summary>
internal sealed class RunningAnswer : IDisposable
{
    private const int LongestText = 600;

    private readonly Action _changed;
    private readonly long _started = Stopwatch.GetTimestamp();
    private volatile AnswerDocument _document;
    private bool _hasEnded;

    public RunningAnswer(AgentRequest request, Action changed)
    {
        _changed = changed;
        int pictures = request.Media.Count + request.History.Sum(m => m.Parts.Count(p => p is not TextPart));
        _document = new AnswerDocument(request.TrajectoryId!, DateTimeOffset.UtcNow, "running", Cut(request.Question), pictures, 0);
    }

    public string TraceId => _document.TraceId;

    public bool HasEnded => Volatile.Read(ref _hasEnded);

    public AnswerDocument Document => HasEnded ? _document : _document with { Seconds = Elapsed };

    public void Take(AgentEvent happened)
    {
        switch (happened)
        {
            case TokenEvent:
                _document = _document with { Tokens = _document.Tokens + 1 };
                break;
            case ToolCallEvent { Call.Name: var name }:
                _document = _document with { Tools = [.. _document.Tools, Cut(name)] };
                _changed();
                break;
            case AnswerEvent { Answer: var answer }:
                End(_document with { Status = EndReasonNames.Of(answer.EndReason), Answer = Cut(answer.Text), PolicyVersion = answer.Trajectory.PolicyVersion });
                break;
        }
    }

    public void Judge(string verdict) => _document = _document with { Feedback = verdict };

    /// <summary>It is over, whatever became of it: one without an answer was refused before it began.</summary>
    public void Dispose()
    {
        if (!HasEnded)
            End(_document with { Status = "refused" });
    }

    private double Elapsed => Math.Round(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1);

    private void End(AnswerDocument document)
    {
        _document = document with { Seconds = Elapsed };
        Volatile.Write(ref _hasEnded, true);
        _changed();
    }

    // Never in the middle of a character of two halves.
    private static string Cut(string text) => text.Length <= LongestText
        ? text
        : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + " ...";
}
