using Pixelis.Agents;

namespace Pixelis.Serving.Live;

/// <summary>The last answers and the episodes that run, in memory only. Thread-safe.</summary>
internal sealed class AnswerLog(ServingSettings settings)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<RunningAnswer> _answers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the log has changed since it was asked for.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Newest first; all that run, and of the others as many as are kept.</summary>
    public IReadOnlyList<AnswerDocument> Snapshot()
    {
        lock (_lock)
            return [.. _answers.Select(a => a.Document)];
    }

    public RunningAnswer Begin(AgentRequest request)
    {
        var answer = new RunningAnswer(request, Notice);
        if (settings.Options.RecentAnswers == 0)
            return answer;
        lock (_lock)
            _answers.AddFirst(answer);
        Notice();
        return answer;
    }

    /// <summary>Notes what was said about an answer that is still known.</summary>
    public void Judge(string traceId, string verdict)
    {
        lock (_lock)
            _answers.FirstOrDefault(a => a.TraceId == traceId)?.Judge(verdict);
        Notice();
    }

    private void Notice()
    {
        lock (_lock)
        {
            for (LinkedListNode<RunningAnswer>? last = _answers.Last; last is not null && _answers.Count > settings.Options.RecentAnswers;)
            {
                LinkedListNode<RunningAnswer>? before = last.Previous;
                if (last.Value.HasEnded)
                    _answers.Remove(last);
                last = before;
            }
        }
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
