using System.Threading.Channels;
using Pixelis.Online.Metrics;

namespace Pixelis.Online.Updates;

/// <summary>
/// Tasks that wait for the one worker. It holds so many and no more: what comes when it is full is refused and counted, or waits where the caller
/// can wait. It is in memory; that something waits is noted in the buffer of experiences
/// (<see cref="IExperienceBuffer.SetPendingAsync"/>), and it is taken up again by the next process. Thread-safe.
/// </summary>
internal sealed class UpdateQueue
{
    private readonly Channel<UpdateTask> _tasks;
    private bool _isClosed;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">Most tasks that wait, at least 1. Default 256; each holds the episodes of a prompt with their pictures.</param>
    public UpdateQueue(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _tasks = Channel.CreateBounded<UpdateTask>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Most tasks that wait.</summary>
    public int Capacity { get; }

    /// <summary>Tasks that wait.</summary>
    public int Waiting => _tasks.Reader.Count;

    internal ChannelReader<UpdateTask> Reader => _tasks.Reader;

    /// <summary>Whether it takes no more.</summary>
    internal bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Offers a task and does not wait: for the path of a request.</summary>
    /// <exception cref="PixelisException">Nothing can be learnt from the task.</exception>
    public EnqueueResult TryEnqueue(UpdateTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        task.Validate();
        if (_tasks.Writer.TryWrite(task))
            return Tell(EnqueueOutcome.Accepted);
        return Tell(_tasks.Reader.Completion.IsCompleted || IsClosed ? EnqueueOutcome.Closed : EnqueueOutcome.Full);
    }

    /// <summary>Offers a task and waits for room: for a stream that can be held up.</summary>
    /// <exception cref="PixelisException">Nothing can be learnt from the task.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the task was not taken.</exception>
    public async ValueTask<EnqueueResult> EnqueueAsync(UpdateTask task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        task.Validate();
        try
        {
            await _tasks.Writer.WriteAsync(task, cancellationToken).ConfigureAwait(false);
            return Tell(EnqueueOutcome.Accepted);
        }
        catch (ChannelClosedException)
        {
            return Tell(EnqueueOutcome.Closed);
        }
    }

    /// <summary>Takes no more; what waits is still learnt from, and then the worker ends.</summary>
    public void Complete()
    {
        Volatile.Write(ref _isClosed, true);
        _tasks.Writer.TryComplete();
    }

    /// <summary>Takes everything out that waits, for when nobody will learn from it any more.</summary>
    public IReadOnlyList<UpdateTask> TakeAll()
    {
        var tasks = new List<UpdateTask>();
        while (_tasks.Reader.TryRead(out UpdateTask? task))
            tasks.Add(task);
        Measure();
        return tasks;
    }

    /// <summary>Tells the metrics how full it is.</summary>
    internal void Measure() => OnlineMetrics.QueueFill.Record(Waiting / (double)Capacity);

    private EnqueueResult Tell(EnqueueOutcome outcome)
    {
        Measure();
        if (outcome != EnqueueOutcome.Accepted)
            OnlineMetrics.QueueRefusals.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.OutcomeTag, outcome == EnqueueOutcome.Full ? "full" : "closed"));
        return new EnqueueResult(outcome, Waiting, Capacity);
    }
}
