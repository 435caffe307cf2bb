using Pixelis.Online.Health;

namespace Pixelis.Online.Updates;

/// <summary>
/// Learns while others serve: takes tasks off the queue one after the other, makes an update of each, and now and then a version of them. It is the
/// only one that writes to the policy, on a thread of its own. Its methods may be called from any thread; what they change waits for the update
/// under way.
/// </summary>
internal sealed class UpdateWorker : IDisposable
{
    private readonly UpdateWorkerParts _parts;
    private readonly UpdateOptions _options;
    private readonly LearnerState _state;
    private readonly PolicyUpdater _updater;
    private readonly PolicyReleases _releases;
    private readonly PendingExperiences _pending;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Queue<SetAsideTask> _setAside = new();
    private List<UpdateTask> _inHand = [];
    private int _failuresInARow, _releaseAt, _runs;
    private string? _updateProblem, _releaseProblem;
    private bool _hasBegun;

    /// <summary>Makes a worker that does nothing yet.</summary>
    /// <param name="parts">What it works with. Not owned.</param>
    /// <param name="options">How; null for the defaults. In read-only mode the queue is closed, and nothing is learnt.</param>
    /// <exception cref="PixelisException">An option is out of range, or the policy keeps no average.</exception>
    public UpdateWorker(UpdateWorkerParts parts, UpdateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        (_parts, _options) = (parts, options ?? new UpdateOptions());
        _options.Validate();
        _releaseAt = _options.PublishEvery;
        if (!parts.Policy.KeepsAverage)
            throw new PixelisException("The policy keeps no average, which is what is served; make it with OptimizationOptions.AverageDecay above 0.");
        _state = new LearnerState(parts.Policy, _options.Safety);
        _updater = new PolicyUpdater(parts, _options, _state);
        _releases = new PolicyReleases(parts, _options, _state);
        _pending = new PendingExperiences(parts.Experiences, parts.Logger);
        if (!OnlinePermissions.Of(_options.Mode).Learns)
            parts.Queue.Complete();
    }

    /// <summary>Updates that were applied since the process began.</summary>
    public long Updates => _state.Updates;

    /// <summary>The newest tasks that could not be learnt from.</summary>
    public IReadOnlyList<SetAsideTask> SetAside
    {
        get
        {
            lock (_lock)
                return [.. _setAside];
        }
    }

    /// <summary>How it is, as a part of <see cref="HealthMonitor"/>.</summary>
    public ComponentHealth Health
    {
        get
        {
            lock (_lock)
            {
                string problem = string.Join("; ", new[] { _updateProblem, _releaseProblem }.OfType<string>());
                return new ComponentHealth("updates", problem.Length == 0 ? HealthState.Healthy : HealthState.Degraded, problem);
            }
        }
    }

    /// <summary>
    /// Serves the version that the store points to, and makes the policy ready to learn on from the last good one; of an empty store, the policy as it
    /// is becomes the first version. To be called before anything is served; <see cref="RunAsync"/> does so itself. A second time it does nothing.
    /// </summary>
    /// <exception cref="PixelisException">The store or a version cannot be used.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_hasBegun)
                return;
            if (_parts.Policy.Adapters is { } adapters)
                adapters.Training = false; // no dropout: what serves and what learns are the same policy
            await _releases.BeginAsync(cancellationToken).ConfigureAwait(false);
            _hasBegun = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Learns until it is cancelled, or until the queue is closed and empty; then what was learnt is made a last version. It may be run again: a task
    /// that was under way when it ended comes first then, and has not changed anything yet.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    /// <exception cref="PixelisException">Something is wrong that no next task will mend: audit or store cannot be written, or task after task fails.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(() => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Makes a version of what was learnt since the last one, now.</summary>
    /// <exception cref="PixelisException">It cannot be put on record.</exception>
    public Task<ReleaseOutcome> ReleaseAsync(CancellationToken cancellationToken = default) => InTurnAsync(() => ReleaseInTurnAsync(cancellationToken), cancellationToken);

    /// <summary>Puts a version back that is still kept: it serves, learning goes on from it, and what was learnt since the last version is dropped.</summary>
    /// <param name="version">Its name.</param>
    /// <param name="actor">Who asks, for the audit log: a part of the system or a person's keyed hash.</param>
    /// <param name="cancellationToken">Ends it before anything has changed.</param>
    /// <exception cref="PixelisException">There is no such version, it is damaged or does not fit. What is served stays.</exception>
    public Task<ReleaseOutcome> RollbackAsync(string version, string actor = "operator", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        ArgumentException.ThrowIfNullOrEmpty(actor);
        return InTurnAsync(() => _releases.RollbackAsync(version, actor, cancellationToken), cancellationToken);
    }

    /// <summary>What was learnt since the last version is dropped when it holds something of these, which were erased; what waits of them is not learnt.</summary>
    internal async Task ForgetAsync(IReadOnlyCollection<long> erased)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_hasBegun)
                await _releases.ForgetAsync(erased).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Which experiences made a version, and what they were about.</summary>
    /// <exception cref="PixelisException">There is no such version.</exception>
    public Task<VersionOrigin> WhyAsync(string version, CancellationToken cancellationToken = default) =>
        VersionOrigin.OfAsync(_parts.Versions, version, _parts.Experiences is { } buffer ? id => buffer.FindAsync(id, cancellationToken) : null);

    /// <summary>Takes out what nobody will learn from any more: the task that was under way when the worker ended, and what still waits.</summary>
    public IReadOnlyList<UpdateTask> TakeUnfinished()
    {
        _turn.Wait();
        try
        {
            List<UpdateTask> left = _inHand;
            _inHand = [];
            return [.. left, .. _parts.Queue.TakeAll()];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Frees what it holds of the policy's memory. It must not be running.</summary>
    public void Dispose()
    {
        _state.Dispose();
        _turn.Dispose();
    }

    private void Run(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _runs, 1) == 1)
            throw new InvalidOperationException("The worker is running already; there is one to a queue.");
        try
        {
            Loop(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _runs, 0);
        }
    }

    private void Loop(CancellationToken cancellationToken)
    {
        BeginAsync(cancellationToken).GetAwaiter().GetResult();
        while (TakeTasks(cancellationToken))
        {
            _turn.Wait(cancellationToken);
            try
            {
                if (_inHand.Count == 0)
                    continue; // taken out meanwhile
                Process(cancellationToken);
                if (_state.SinceRelease >= _releaseAt)
                    ReleaseInTurnAsync(cancellationToken).GetAwaiter().GetResult();
            }
            finally
            {
                _turn.Release();
            }
        }
        ReleaseAsync(cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Waits for tasks, unless some are in hand from before; false when none will come any more.</summary>
    private bool TakeTasks(CancellationToken cancellationToken)
    {
        while (_inHand.Count == 0)
        {
            if (!_parts.Queue.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
                return false;
            _turn.Wait(cancellationToken);
            try
            {
                while (_inHand.Count < _options.TasksPerUpdate && _parts.Queue.Reader.TryRead(out UpdateTask? task))
                    _inHand.Add(task);
            }
            finally
            {
                _turn.Release();
            }
            _parts.Queue.Measure();
        }
        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    private void Process(CancellationToken cancellationToken)
    {
        _inHand.RemoveAll(t => _pending.IsForgottenAsync(t, cancellationToken).GetAwaiter().GetResult());
        if (_inHand.Count == 0)
            return;
        UpdateOutcome outcome;
        UnlearnableTaskException? problem = null;
        try
        {
            outcome = _updater.Apply(_inHand, cancellationToken);
        }
        catch (UnlearnableTaskException e)
        {
            (outcome, problem) = (new UpdateOutcome(UpdateKind.Failed, _inHand, e.Message) { Number = _state.Updates }, e);
            _updater.RecordSetAside(outcome);
            PutAside(outcome);
        }
        _inHand = []; // learnt, or set aside: whatever is thrown from here on
        if (outcome.Kind != UpdateKind.Applied)
            _pending.SettleAsync(outcome.Experiences).GetAwaiter().GetResult();
        _failuresInARow = problem is null ? 0 : _failuresInARow + 1;
        lock (_lock)
            _updateProblem = problem is null ? null : $"the last update could not be made ({problem.InnerException!.GetType().Name}); its task was set aside";
        _parts.Observer?.Invoke(outcome);
        if (_failuresInARow < _options.MaxFailuresInARow)
            return;
        _failuresInARow = 0;
        throw new PixelisException($"{_options.MaxFailuresInARow} updates in a row could not be made; their tasks were set aside with what was wrong.", problem!.InnerException);
    }

    private void PutAside(UpdateOutcome outcome)
    {
        DateTimeOffset now = (_parts.TimeProvider ?? TimeProvider.System).GetUtcNow();
        lock (_lock)
        {
            foreach (UpdateTask task in outcome.Tasks)
                _setAside.Enqueue(new SetAsideTask(task, outcome.Reason, now));
            while (_setAside.Count > _options.SetAsideCapacity)
                _setAside.Dequeue();
        }
    }

    private async Task<ReleaseOutcome> ReleaseInTurnAsync(CancellationToken cancellationToken)
    {
        ReleaseOutcome outcome = await _releases.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        _releaseAt = (outcome.Kind == ReleaseKind.Failed ? _state.SinceRelease : 0) + _options.PublishEvery;
        lock (_lock)
        {
            _releaseProblem = outcome.Kind switch
            {
                ReleaseKind.Rejected => outcome.Reason,
                ReleaseKind.Failed => "no version could be made of what was learnt; see the log",
                ReleaseKind.Nothing => _releaseProblem,
                _ => null,
            };
        }
        return outcome;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
