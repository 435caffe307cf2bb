using System.Diagnostics;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>Reinforcement fine-tuning at work. Used by one thread.</summary>
internal sealed class GrpoRun : IDisposable
{
    private readonly GrpoSetup _setup;
    private readonly GrpoOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly RunSession _session;
    private readonly ReferencePolicy? _reference;
    private readonly IKlController _kl;
    private readonly GroupCollector _collector;
    private readonly PolicyUpdate _update;
    private readonly TrainingAlarms _alarms;
    private readonly ReplayPart? _replay;

    public GrpoRun(GrpoSetup setup, GrpoOptions options, CancellationToken cancellation)
    {
        _setup = setup;
        _options = options;
        _cancellation = cancellation;
        _session = new RunSession(Parts(setup, options), cancellation);
        // Before a checkpoint is read: the reference is the policy that the run begins with.
        _reference = options.Objective.Loss.Kl.IsUsed ? ReferencePolicy.For(setup.Model, setup.Adapters) : null;
        _kl = options.Objective.Loss.Kl.CreateController();
        _collector = new GroupCollector(setup, options, _reference, Skip);
        _update = new PolicyUpdate(setup, options, _session);
        _alarms = new TrainingAlarms(options.Alarms);
        if (options.Objective.ZeroVariance == ZeroVariancePolicy.Replay)
            _session.Add(_replay = new ReplayPart(options));
        if (setup.Curiosity is { } curiosity)
            _session.Add(new CuriosityPart(curiosity));
        State = new GrpoState { KlCoefficient = _kl.Coefficient, Curriculum = setup.Curriculum?.Start ?? new RewardCurriculumState() };
    }

    public int Step => _session.Step;

    /// <summary>Whether evaluations got no better for long enough.</summary>
    public bool HasStopped => _session.HasStopped;

    /// <inheritdoc cref="RunSession.OwesEvaluation"/>
    public bool OwesEvaluation => _session.OwesEvaluation;

    private GrpoState State
    {
        get => _session.State.Grpo!;
        set => _session.State = _session.State with { Grpo = value };
    }

    /// <summary>Goes on from a checkpoint where there is one.</summary>
    public void Start()
    {
        _session.Start(RunConfiguration.Of(_options, GrpoConfiguration.Of(_setup, _reference)));
        if (_setup.Adapters is { } adapters)
            adapters.Training = false; // no dropout: what acts and what learns are the same policy
        _kl.Coefficient = State.KlCoefficient;
        Announce();
    }

    /// <summary>Collect, score, advantage, loss, step, report. False when it was cancelled while episodes were collected.</summary>
    public bool TryStep()
    {
        var clock = Stopwatch.StartNew();
        CollectedGroups collected;
        try
        {
            collected = _collector.Collect(Step, State, _kl.Coefficient, _cancellation); // real episodes, what they earned, and what that says
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }

        TimeSpan sampling = clock.Elapsed;
        IReadOnlyList<PolicySequence> batch = LearningBatch.Of(collected.Groups, _options, _replay?.Buffer);
        double rate = _session.LearningRate;
        UpdateResult update = _update.Run(batch, Step, rate, _kl.Coefficient);
        CuriosityLosses? surprise = update.IsApplied ? collected.LearnFrom(_setup.Curiosity) : null;
        var report = new GrpoReport(collected, update, surprise, _kl.Coefficient, sampling, clock.Elapsed);
        if (update.Numbers.Tokens > 0)
            _kl.Update(update.Numbers.Kl, batch.Count);
        (AlarmState alarms, IReadOnlyList<string> raised) = _alarms.After(State.Alarms, report);
        State = State with { Drawn = State.Drawn + collected.Drawn, KlCoefficient = _kl.Coefficient, Alarms = alarms };
        State = State with { Curriculum = Next(report.Success) };
        _session.Count(update.IsApplied, step => report.ToStep(step, rate, State.Curriculum.Stage), hasChanged: update.Updates > 0);
        foreach (string alarm in raised)
            _session.Tell(NoticeKind.Alarm, alarm);
        Announce();
        return true;
    }

    /// <summary>Runs the agent, remembers the best, and hears whether reward and accuracy part ways.</summary>
    public void Evaluate() => _session.Evaluate(result =>
    {
        if (result.Agent is not { } agent)
            return;
        (AlarmState alarms, string? alarm) = _alarms.AfterEvaluation(State.Alarms, agent.Accuracy);
        State = State with { Alarms = alarms };
        if (alarm is not null)
            _session.Tell(NoticeKind.Alarm, alarm);
    });

    /// <inheritdoc cref="RunSession.Save"/>
    public void Save() => _session.Save();

    /// <summary>The last evaluation, checkpoint and export.</summary>
    public TrainingResult Finish(bool cancelled)
    {
        if (!cancelled && !_session.IsEvaluated)
            Evaluate();
        return _session.Finish(cancelled);
    }

    /// <inheritdoc cref="RunSession.Fail"/>
    public void Fail(Exception error) => _session.Fail(error);

    public void Dispose()
    {
        _reference?.Dispose();
        _session.Dispose();
    }

    private RewardCurriculumState Next(double? success)
    {
        if (_setup.Curriculum is not { } curriculum || success is not { } measured)
            return State.Curriculum;
        RewardCurriculumState next = curriculum.After(State.Curriculum, measured);
        if (next.Stage == State.Curriculum.Stage)
            return next;
        State = State with { Alarms = State.Alarms with { Rewards = [], BestAccuracy = null } }; // rewards of another stage are of another scale
        _session.Tell(NoticeKind.StageChanged, FormattableString.Invariant($"The reward enters stage '{curriculum.Stages[next.Stage].Name}' at a success of {measured:P0}."));
        return next;
    }

    private void Skip(string message)
    {
        State = State with { SkippedPrompts = State.SkippedPrompts + 1 };
        _session.Tell(NoticeKind.ExampleSkipped, message);
    }

    private void Announce() => _setup.PolicyChanged?.Invoke(FormattableString.Invariant($"rft-{Step}"));

    private static RunParts Parts(GrpoSetup setup, GrpoOptions options) => new()
    {
        Model = setup.Model,
        Adapters = setup.Adapters,
        Optimization = options.Optimization,
        Checkpoints = options.Checkpoints,
        Evaluation = options.Evaluation,
        Steps = options.Steps,
        MaxBadSteps = options.MaxBadSteps,
        Seed = options.Seed,
        Evaluator = setup.Evaluator,
        Observers = setup.Observers,
        Export = setup.Export,
    };
}
