namespace Pixelis.Training;

/// <summary>Hears of a run as it goes. Calls come one after the other from the training thread; slow observers slow the run.</summary>
public interface ITrainingObserver
{
    /// <summary>The run begins, or goes on.</summary>
    void OnStart(RunDescription run)
    {
    }

    /// <summary>A step is done.</summary>
    void OnStep(StepReport step)
    {
    }

    /// <summary>An evaluation is done.</summary>
    void OnEvaluation(EvaluationResult evaluation)
    {
    }

    /// <summary>Something worth telling happened: a checkpoint, a bad step, a change of stage, an example that was passed over.</summary>
    void OnNotice(TrainingNotice notice)
    {
    }

    /// <summary>The run is over; called also when it failed.</summary>
    void OnEnd(TrainingResult result)
    {
    }
}
