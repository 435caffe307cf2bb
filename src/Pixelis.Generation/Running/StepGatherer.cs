using System.Diagnostics;

namespace Pixelis.Generation.Running;

/// <summary>
/// Continuous batching (Yu et al. 2022, "Orca"): decoding steps that sequences ask for at about the same time become one pass. A sequence
/// joins with its first step and leaves when it asks for no other; those of the last pass are waited for, but no longer than a pass took,
/// and one that came late is not waited for the next time.
/// </summary>
internal sealed class StepGatherer(ModelRunner runner, int maxRows)
{
    // A reader that hands tokens to people must not hold up the others for longer than they would notice.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(4);

    private readonly object _lock = new();
    private readonly List<(DecodeStep Step, TaskCompletionSource Done)> _waiting = [];
    private TimeSpan _patience;
    private long _round;
    private int _expected; // sequences of the last pass that neither came back nor left
    private bool _posted;

    /// <summary>Reads a sequence's token and fills its logits, together with those of other sequences.</summary>
    /// <param name="step">The sequence.</param>
    /// <param name="cancellationToken">Takes it out before its pass begins; a pass that has begun is waited for.</param>
    public async Task AdvanceAsync(DecodeStep step, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool post;
        lock (_lock)
        {
            _waiting.Add((step, done));
            NoLongerExpect(step);
            post = !_posted;
            _posted = true;
        }

        if (post)
            _ = PostAsync();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => TakeOut(done, cancellationToken));
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>The sequence asks for no further step for now.</summary>
    public void Leave(DecodeStep step)
    {
        lock (_lock)
            NoLongerExpect(step);
    }

    private void NoLongerExpect(DecodeStep step)
    {
        if (step.Round == _round)
            _expected--;
        step.Round = -1;
        Monitor.Pulse(_lock);
    }

    private void TakeOut(TaskCompletionSource done, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_waiting.RemoveAll(w => ReferenceEquals(w.Done, done)) == 0)
                return;
        }

        done.TrySetCanceled(cancellationToken);
    }

    // A pass reports to those who are in it. When none can be run any more, as after the runner was disposed, all who wait hear of it.
    private async Task PostAsync()
    {
        try
        {
            await runner.RunAsync(Pass, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            (DecodeStep Step, TaskCompletionSource Done)[] left;
            lock (_lock)
            {
                left = [.. _waiting];
                _waiting.Clear();
                _posted = false;
            }

            foreach ((_, TaskCompletionSource done) in left)
                done.TrySetException(e);
        }
    }

    private void Pass()
    {
        (DecodeStep Step, TaskCompletionSource Done)[] rows = Gather();
        long started = Stopwatch.GetTimestamp();
        Exception? failure = null;
        try
        {
            if (rows.Length > 0)
                runner.Advance(Array.ConvertAll(rows, row => row.Step));
        }
        catch (Exception e)
        {
            failure = e;
        }

        bool more;
        lock (_lock)
        {
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            _patience = took < LongestWait ? took : LongestWait;
            _expected = rows.Length;
            foreach ((DecodeStep step, _) in rows)
                step.Round = _round;
            more = _waiting.Count > 0;
            _posted = more;
        }

        foreach ((_, TaskCompletionSource done) in rows)
        {
            if (failure is null)
                done.TrySetResult();
            else
                done.TrySetException(failure);
        }

        if (more)
            _ = PostAsync();
    }

    private (DecodeStep Step, TaskCompletionSource Done)[] Gather()
    {
        lock (_lock)
        {
            long started = Stopwatch.GetTimestamp();
            while (_expected > 0 && _waiting.Count < maxRows && _patience - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } left)
                Monitor.Wait(_lock, left);
            _round++;
            _expected = 0;
            var rows = _waiting.Take(maxRows).ToArray();
            _waiting.RemoveRange(0, rows.Length);
            return rows;
        }
    }
}
