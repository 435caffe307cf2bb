using System.Diagnostics;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>Reinforcement fine-tuning at work. Used by one thread.</summary>
internal sealed class GrpoRun : TrainingRun
{
    private readonly GrpoSetup _setup;
    private readonly GrpoOptions _options;
    private readonly ReferencePolicy? _reference;
    private readonly IKlController _kl;
    private readonly GroupCollector _collector;
    private readonly GrpoLearner _learner;
    private readonly TrainingAlarms _alarms;
    private readonly ReplayPart? _replay;

    public GrpoRun(GrpoSetup setup, GrpoOptions options, RunParts parts, CancellationToken cancellation)
        : base(parts, cancellation)
    {
        _setup = setup;
        _options = options;
        // Before a checkpoint is read: the reference is the policy that the run begins with.
        _reference = options.Objective.Loss.Kl.IsUsed ? ReferencePolicy.For(setup.Model, setup.Adapters) : null;
        _kl = options.Objective.Loss.Kl.CreateController();
        _learner = new GrpoLearner(Session.Policy, setup.Processor, options.ForLearner(options.MeasuresStates || setup.Curiosity is not null));
        _collector = new GroupCollector(setup, options, _learner.Scorer, _reference, Skip);
        _alarms = new TrainingAlarms(options.Alarms);
        if (options.Objective.ZeroVariance == ZeroVariancePolicy.Replay)
            Session.Add(_replay = new ReplayPart(options));
        if (setup.Curiosity is { } curiosity)
            Session.Add(new CuriosityPart(curiosity));
        State = new GrpoState { KlCoefficient = _kl.Coefficient, Curriculum = setup.Curriculum?.Start ?? new RewardCurriculumState() };
    }

    private GrpoState State
    {
        get => Session.State.Grpo!;
        set => Session.State = Session.State with { Grpo = value };
    }

    /// <summary>Goes on from a checkpoint where there is one.</summary>
    protected override void Start()
    {
        Session.Start(RunConfiguration.Of(_options, GrpoConfiguration.Of(_setup, _reference)));
        if (_setup.Adapters is { } adapters)
            adapters.Training = false; // no dropout: what acts and what learns are the same policy
        _kl.Coefficient = State.KlCoefficient;
        Announce();
    }

    /// <summary>Collect, score, advantage, loss, step, report. False when it was cancelled while episodes were collected.</summary>
    protected override bool TryStep()
    {
        var clock = Stopwatch.StartNew();
        CollectedGroups collected;
        try
        {
            collected = _collector.Collect(Session.Step, State, _kl.Coefficient, Cancellation); // real episodes, what they earned, and what that says
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            return false;
        }

        TimeSpan sampling = clock.Elapsed;
        IReadOnlyList<PolicySequence> batch = LearningBatch.Of(collected.Groups, _options, _replay?.Buffer);
        double rate = Session.LearningRate;
        UpdateResult update = _learner.Update(batch, new GrpoStep(rate, _kl.Coefficient, _reference, Session.Step));
        CuriosityLosses? surprise = update.IsApplied ? collected.LearnFrom(_setup.Curiosity) : null;
        var report = new GrpoReport(collected, update, surprise, _kl.Coefficient, sampling, clock.Elapsed);
        if (update.Numbers.Tokens > 0)
            _kl.Update(update.Numbers.Kl, batch.Count);
        (AlarmState alarms, IReadOnlyList<string> raised) = _alarms.After(State.Alarms, report);
        State = State with { Drawn = State.Drawn + collected.Drawn, KlCoefficient = _kl.Coefficient, Alarms = alarms };
        State = State with { Curriculum = Next(report.Success) };
        Session.Count(update.IsApplied, step => report.ToStep(step, rate, State.Curriculum.Stage), hasChanged: update.Updates > 0);
        foreach (string alarm in raised)
            Session.Tell(NoticeKind.Alarm, alarm);
        Announce();
        return true;
    }

    /// <summary>Runs the agent, remembers the best, and hears whether reward and accuracy part ways.</summary>
    protected override void Evaluate() => Session.Evaluate(result =>
    {
        if (result.Agent is not { } agent)
            return;
        (AlarmState alarms, string? alarm) = _alarms.AfterEvaluation(State.Alarms, agent.Accuracy);
        State = State with { Alarms = alarms };
        if (alarm is not null)
            Session.Tell(NoticeKind.Alarm, alarm);
    });

    public override void Dispose()
    {
        _reference?.Dispose();
        base.Dispose();
    }

    private RewardCurriculumState Next(double? success)
    {
        if (_setup.Curriculum is not { } curriculum || success is not { } measured)
            return State.Curriculum;
        RewardCurriculumState next = curriculum.After(State.Curriculum, measured);
        if (next.Stage == State.Curriculum.Stage)
            return next;
        State = State with { Alarms = State.Alarms with { Rewards = [], BestAccuracy = null } }; // rewards of another stage are of another scale
        Session.Tell(NoticeKind.StageChanged, FormattableString.Invariant($"The reward enters stage '{curriculum.Stages[next.Stage].Name}' at a success of {measured:P0}."));
        return next;
    }

    private void Skip(string message)
    {
        State = State with { SkippedPrompts = State.SkippedPrompts + 1 };
        Session.Tell(NoticeKind.ExampleSkipped, message);
    }

    private void Announce() => _setup.PolicyChanged?.Invoke(FormattableString.Invariant($"rft-{Session.Step}"));
}
