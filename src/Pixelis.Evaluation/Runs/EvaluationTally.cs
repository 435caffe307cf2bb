using Pixelis.Trajectories;

namespace Pixelis.Evaluation;

/// <summary>Gathers the predictions of a run by place. Thread-safe; tells of one episode at a time.</summary>
internal sealed class EvaluationTally(EvaluationData data, int maxFailures, Action<EvaluatedEpisode>? onEpisode)
{
    private readonly Lock _lock = new();
    private readonly Prediction?[] _predictions = new Prediction?[data.Count];
    private int _done;
    private int _failures;
    private bool _works;

    public IReadOnlyList<Prediction> Predictions => [.. _predictions.Select(p => p!)];

    public void TakeOver(int index, Prediction prediction)
    {
        lock (_lock)
        {
            _predictions[index] = prediction;
            _done++;
            _works |= prediction.Error is null;
        }
    }

    public void Add(int index, Prediction prediction, Trajectory trajectory)
    {
        lock (_lock)
        {
            _works = true;
            Tell(index, prediction, trajectory);
        }
    }

    /// <exception cref="PixelisException">Too many failed, and none worked.</exception>
    public void AddFailure(int index, Prediction prediction)
    {
        lock (_lock)
        {
            if (!_works && ++_failures >= maxFailures)
                throw new PixelisException($"The first {_failures} episodes failed, the last with: {prediction.Error}");
            Tell(index, prediction, null);
        }
    }

    private void Tell(int index, Prediction prediction, Trajectory? trajectory)
    {
        _predictions[index] = prediction;
        _done++;
        onEpisode?.Invoke(new EvaluatedEpisode(prediction, trajectory, _done, data.Count));
    }
}
