using Pixelis.Agents;

namespace Pixelis.Online.Updates;

/// <summary>Tries a version on what the truth is known of, before anybody is served by it.</summary>
public interface ICanary
{
    /// <summary>What it asks, and how, in one line: scores are compared only under the same name.</summary>
    string Name { get; }

    /// <summary>Measures. The same weights give the same score.</summary>
    /// <param name="agent">Runs the version that is tried.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<CanaryScore> MeasureAsync(PixelisAgent agent, CancellationToken cancellationToken);
}
