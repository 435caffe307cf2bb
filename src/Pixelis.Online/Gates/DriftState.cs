namespace Pixelis.Online;

/// <summary>The state of a <see cref="DriftMonitor"/>, to be saved; made to be written as JSON as it is.</summary>
internal sealed record DriftState
{
    /// <summary>Version of the form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How many observations the reference is of.</summary>
    public int Observed { get; init; }

    /// <summary>Sum of their embeddings.</summary>
    public IReadOnlyList<double> EmbeddingSum { get; init; } = [];

    /// <summary>Sum of the squared lengths of their embeddings.</summary>
    public double EmbeddingSquares { get; init; }

    /// <summary>How often each answer came, by its hash.</summary>
    public IReadOnlyDictionary<string, int> Answers { get; init; } = new Dictionary<string, int>();

    /// <summary>Sum of the confidences.</summary>
    public double ConfidenceSum { get; init; }

    /// <summary>Sum of their squares.</summary>
    public double ConfidenceSquares { get; init; }

    /// <summary>The newest observations, oldest first.</summary>
    public IReadOnlyList<DriftObservation> Recent { get; init; } = [];
}
