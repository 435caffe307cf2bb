using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Agents;
using Pixelis.Models.Qwen;
using Pixelis.Online.Alerts;
using Pixelis.Online.Health;
using Pixelis.Online.Privacy;
using Pixelis.Online.State;
using Pixelis.Online.Updates;
using UpdateOutcome = Pixelis.Online.Updates.UpdateOutcome;

namespace Pixelis.Online;

/// <summary>
/// Everything that learning while serving takes, put together over one agent: memory, votes and gates (<see cref="Agent"/>), one worker that learns,
/// versions, review, feedback, audit log, health and alerts. Make one with <c>PixelisAgent.Create()...WithOnlineEvolution(...)</c> or
/// <c>services.AddPixelisOnline(...)</c>. Thread-safe.
/// </summary>
public sealed class OnlineEvolution : IAsyncDisposable, IDisposable
{
    // These have a database to wait for and nothing to break.
    private static readonly SupervisorOptions OftenRestarted = new() { MaxRestarts = 1000 };

    private readonly OnlineEvolutionOptions _options;
    private readonly OnlineStores _stores;
    private readonly PolicyInstances _instances;
    private readonly PixelisAgent? _owned;
    private readonly UpdateService _service;
    private readonly TrainingInBackground _training;
    private readonly Supervisor _reviewing, _watching;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task _background = Task.CompletedTask;
    private Task _caughtUp = Task.CompletedTask;
    private bool _isRunning;
    private int _disposals;

    private OnlineEvolution(PixelisAgent agent, bool owned, OnlineEvolutionOptions options, Func<QwenVisionLanguageModel> instance, ILoggerFactory logging)
    {
        (Basis, _options, _owned) = (agent, options, owned ? agent : null);
        ILogger logger = logging.CreateLogger("Pixelis.Online");
        _instances = new PolicyInstances(agent, options, instance);
        OnlineStores? stores = null;
        try
        {
            _stores = stores = OnlineStores.Open(options, _instances.Embedder.Dimension, logger);
            Alerts = new AlertMonitor(AlertRules.Default, [new LogAlertSink(logger), .. options.AlertSinks], options.TimeProvider, logger);
            var learnt = new LearntExperiences(_stores.Experiences.Reader.Versions().SelectMany(_stores.Experiences.Reader.ExperiencesOf));
            Updates = new UpdateQueue(options.QueueCapacity);
            var log = new OnlineStateLog(options.TimeProvider ?? TimeProvider.System);
            var wiring = new OnlineWiring(_stores, _instances, options, Updates, Alerts, logger);
            Worker = new UpdateWorker(wiring.WorkerParts(o => { log.Take(o); Updated?.Invoke(o); }, o => { log.Take(o); Released?.Invoke(o); }), options.ToUpdateOptions());
            Agent = new OnlineAgent(wiring.AgentParts(learnt), options.ToAgentOptions());
            Agent.Answered += log.Take;
            _service = new UpdateService(Worker, alerts: Alerts, time: options.TimeProvider, logger: logger);
            var training = new LabelTraining(_instances.Publisher, Updates, _stores.Experiences, options.ToAgentOptions(), learnt, logger);
            _training = new TrainingInBackground(training, _stopping.Token, logger);
            Feedback = new FeedbackIntake(
                _stores.Experiences, _stores.Redactor, (experience, _) => _training.Begin(experience), _stores.Reviews, _stores.Audit, options.FeedbackConfidence);
            State = new OnlineStateView(log, _stores, _instances.Publisher, Updates, options);
            _reviewing = new Supervisor("reviews", wiring.ReviewsOf(training, logging).RunAsync, OftenRestarted, options.TimeProvider, logger);
            var watch = new OnlineWatch(Alerts, Updates, Worker, _stores.Experiences, Agent, options.TimeProvider);
            _watching = new Supervisor("watch", watch.RunAsync, OftenRestarted, options.TimeProvider, logger);
            Health = HealthOf();
        }
        catch
        {
            stores?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _instances.Dispose();
            throw;
        }
    }

    /// <summary>The agent as it was built: tools, settings, and the weights that everything began with.</summary>
    public PixelisAgent Basis { get; }

    /// <summary>What answers.</summary>
    public OnlineAgent Agent { get; }

    /// <summary>What it remembers.</summary>
    public IExperienceBuffer Experiences => _stores.Experiences;

    /// <summary>Where people are asked.</summary>
    public IReviewQueue Reviews => _stores.Reviews;

    /// <summary>Where users say what they think of answers.</summary>
    public IFeedbackSink Feedback { get; }

    /// <summary>What waits to be learnt.</summary>
    internal UpdateQueue Updates { get; }

    /// <summary>What learns, publishes and rolls back.</summary>
    internal UpdateWorker Worker { get; }

    /// <summary>The versions there are.</summary>
    public PolicyVersionStore Versions => _stores.Versions;

    /// <summary>What it does, for people who watch.</summary>
    public IOnlineState State { get; }

    /// <summary>How its parts are.</summary>
    public HealthMonitor Health { get; }

    /// <summary>Alerts.</summary>
    public AlertMonitor Alerts { get; }

    /// <summary>Hears of every update, on the worker's thread.</summary>
    public event Action<UpdateOutcome>? Updated;

    /// <summary>Hears of every attempt to publish a version, on the thread that made it.</summary>
    public event Action<ReleaseOutcome>? Released;

    /// <summary>Puts it together. Nothing runs before <see cref="StartAsync"/>, which the first question calls.</summary>
    /// <param name="agent">The agent whose model learns: a local Qwen model's.</param>
    /// <param name="options">The settings; not changed from now on.</param>
    /// <param name="ownsAgent">Whether the agent is disposed with it. Default false.</param>
    /// <param name="instance">
    /// Makes an instance of the model with weights of its own, float32, for <see cref="OnlineEvolutionOptions.LoraRank"/> 0; null (default) shares those of
    /// the agent's model, which an adapter leaves as they are.
    /// </param>
    /// <param name="logging">Where log lines go; null for nowhere.</param>
    /// <exception cref="PixelisException">A setting cannot work, the model cannot learn here, or the folder cannot be used.</exception>
    public static OnlineEvolution Create(
        PixelisAgent agent, OnlineEvolutionOptions options, bool ownsAgent = false, Func<QwenVisionLanguageModel>? instance = null, ILoggerFactory? logging = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.LoraRank == 0 && instance is null)
            throw new PixelisException($"{nameof(options.LoraRank)} is 0, but an agent's own weights serve while others learn. Set it to 1 or more, or hand in instances that have weights of their own.");
        if (agent.Model is not QwenVisionLanguageModel model)
            throw new PixelisException($"{agent.ModelName} is no local model: its hidden states and tokens are not at hand, so that it can neither remember nor learn. Build the agent over a model folder.");
        return new OnlineEvolution(agent, ownsAgent, options, instance ?? model.ShareWeights, logging ?? NullLoggerFactory.Instance);
    }

    /// <summary>Answers; starts first where nobody has.</summary>
    /// <inheritdoc cref="OnlineAgent.AskAsync"/>
    public async Task<OnlineAnswer> AskAsync(OnlineRequest request, CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await Agent.AskAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a request of this name is remembered.</summary>
    public async ValueTask<bool> IsRememberedAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return await _stores.Experiences.FindByRequestAsync(RequestNames.Of(requestId, _stores.Redactor), cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Forgets everything of a person: experiences, vectors, pictures, review items; and puts that on record.</summary>
    /// <param name="subject">The person, as <see cref="OnlineRequest.Subject"/> named it.</param>
    /// <param name="tenant">Whose memory it is.</param>
    /// <param name="cancellationToken">Stops before anything is erased.</param>
    /// <returns>What is gone, and the versions that hold what they learnt from it, descendants included. What waits of it is not learnt, and what no version holds yet is dropped.</returns>
    /// <exception cref="PixelisException">A store could not be written.</exception>
    public async Task<Erasure> EraseAsync(string subject, string tenant = "default", CancellationToken cancellationToken = default)
    {
        Erasure erased = await _stores.EraseAsync(subject, tenant, cancellationToken).ConfigureAwait(false);
        await Worker.ForgetAsync(erased.Experiences).ConfigureAwait(false);
        return erased with { Versions = Versions.HoldersOf(erased.Versions) };
    }

    /// <summary>
    /// Serves the version that was served last, and begins to learn: first, in the background, from what waited to be learnt when the process ended. A second
    /// time it does nothing.
    /// </summary>
    /// <exception cref="PixelisException">No version can be served.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _isRunning))
            return;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposals > 0, this);
            if (_isRunning)
                return;
            await Worker.BeginAsync(cancellationToken).ConfigureAwait(false);
            if (OnlinePermissions.Of(_options.Mode).Learns)
            {
                await _service.StartAsync(CancellationToken.None).ConfigureAwait(false);
                // A worker that was given up reads no more: a stream must not wait for it.
                _ = _service.ExecuteTask!.ContinueWith(_ => Updates.Complete(), TaskScheduler.Default);
            }
            _caughtUp = Task.Run(_training.CatchUpAsync, CancellationToken.None);
            _background = Task.WhenAll(_caughtUp, Task.Run(() => _reviewing.RunAsync(_stopping.Token), CancellationToken.None), Task.Run(() => _watching.RunAsync(_stopping.Token), CancellationToken.None));
            Volatile.Write(ref _isRunning, true);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Stops learning. What waits is learnt first when asked for; what was learnt is made a version either way. Answers are given as before, and nothing
    /// more is learnt from them.
    /// </summary>
    /// <param name="learnsWhatWaits">Whether what waits in the queue is learnt first. Default false: it is after the next start.</param>
    /// <param name="cancellationToken">Ends the wait; what was not made a version is learnt anew after the next start.</param>
    public async Task StopAsync(bool learnsWhatWaits = false, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isRunning || _stopping.IsCancellationRequested)
                return;
            Updates.Complete();
            if (learnsWhatWaits && _service.ExecuteTask is { } learning)
                await learning.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _service.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
                await Worker.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops, and lets go of everything. No request may be under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposals > 0)
            return;
        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        catch (PixelisException)
        {
            // Told by the worker already: what was learnt last is not a version, and what was kept is kept.
        }
        if (Interlocked.Exchange(ref _disposals, 1) == 1)
            return;
        await _training.EndAsync().ConfigureAwait(false); // nobody uses the model any more
        _service.Dispose();
        Worker.Dispose();
        await _stores.DisposeAsync().ConfigureAwait(false);
        _instances.Dispose();
        if (_owned is not null)
            await _owned.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Makes a version of what was learnt since the last one, now, and serves it when it is good.</summary>
    /// <exception cref="PixelisException">It cannot be put on record.</exception>
    public Task<ReleaseOutcome> ReleaseAsync(CancellationToken cancellationToken = default) => Worker.ReleaseAsync(cancellationToken);

    /// <inheritdoc cref="UpdateWorker.RollbackAsync"/>
    public Task<ReleaseOutcome> RollbackAsync(string version, string actor = "operator", CancellationToken cancellationToken = default) => Worker.RollbackAsync(version, actor, cancellationToken);

    /// <summary>Which experiences made a version, and what they were about.</summary>
    /// <exception cref="PixelisException">There is no such version.</exception>
    public Task<VersionOrigin> WhyAsync(string version, CancellationToken cancellationToken = default) => Worker.WhyAsync(version, cancellationToken);

    /// <summary>Waits until what waited to be learnt when the process ended is in the queue.</summary>
    internal Task CatchUpAsync(CancellationToken cancellationToken) => _caughtUp.WaitAsync(cancellationToken);

    private HealthMonitor HealthOf()
    {
        var health = new HealthMonitor(timeProvider: _options.TimeProvider);
        health.Add("memory", _ => ValueTask.FromResult(Agent.Faults.Health));
        health.Add("updates", _ => ValueTask.FromResult(_service.Health));
        health.Add("reviews", _ => ValueTask.FromResult(_reviewing.Health));
        health.Add("experiences", async stop => { await _stores.Experiences.CountAsync(null, stop).ConfigureAwait(false); return new ComponentHealth("experiences", HealthState.Healthy); });
        return health;
    }
}
