namespace Pixelis.Online;

/// <summary>Numbers of the experiences that were learnt from, or wait to be. Thread-safe.</summary>
internal sealed class LearntExperiences
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _numbers;

    /// <summary>Begins with what published versions learnt from.</summary>
    public LearntExperiences(IEnumerable<long>? numbers = null) => _numbers = [.. numbers ?? []];

    /// <summary>Adds one.</summary>
    public void Add(long experience)
    {
        lock (_lock)
            _numbers.Add(experience);
    }

    /// <summary>Whether it was learnt from.</summary>
    public bool Contains(long experience)
    {
        lock (_lock)
            return _numbers.Contains(experience);
    }
}
