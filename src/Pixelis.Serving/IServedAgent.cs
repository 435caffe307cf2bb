using Pixelis.Agents;

namespace Pixelis.Serving;

/// <summary>
/// What answers over HTTP: a <see cref="PixelisAgent"/> unless another is registered, such as one that asks its memory and learns. Thread-safe: several
/// questions are asked at the same time.
/// </summary>
public interface IServedAgent
{
    /// <summary>The model's name, under which it is listed unless <see cref="PixelisServingOptions.ModelId"/> says otherwise.</summary>
    string ModelName { get; }

    /// <summary>What an answer depends on beside the question; what a request does not set is taken from here.</summary>
    AgentSettings Settings { get; }

    /// <summary>
    /// Answers, and reports what happens as it happens; the last event is the answer. One that decides only at the end reports no tokens: the answer is
    /// sent then.
    /// </summary>
    /// <param name="request">
    /// The question. Its <see cref="AgentRequest.TrajectoryId"/> is the trace id by which the client can name the answer in feedback.
    /// </param>
    /// <param name="cancellationToken">The client went away, or the server stops.</param>
    /// <exception cref="PixelisException">Before the first event: the question cannot be taken, and the client is told why. Later: the episode failed.</exception>
    IAsyncEnumerable<AgentEvent> StreamAsync(AgentRequest request, CancellationToken cancellationToken = default);
}
