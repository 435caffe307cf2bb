using Pixelis.Agents;

namespace Pixelis.Online;

/// <summary>A question to an agent that remembers and learns.</summary>
/// <param name="Ask">
/// The question, as it is put to the agent. Its <see cref="AgentRequest.TrajectoryId"/> names the request in memory, feedback and review; null for a
/// name that is made. Personal data are taken out of it, so that the answer's may be another. A question with <see cref="AgentRequest.History"/> is answered by the agent alone and kept nowhere: what it means depends on what
/// was said before, which neighbours know nothing of.
/// </param>
public sealed record OnlineRequest(AgentRequest Ask)
{
    /// <summary>Whose request it is: its neighbours are found among experiences of the same tenant only. Default <c>default</c>.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>The person it came from, by any name that stays the same; only a keyed hash is kept. Null (default) when not known.</summary>
    public string? Subject { get; init; }

    /// <summary>Where it came from, for the record: an endpoint, a file and its line.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>Episodes that are sampled, at least 1; null (default) for <see cref="OnlineAgentOptions.Episodes"/>.</summary>
    public int? Episodes { get; init; }

    /// <summary>What can be answered; null (default) for what the question's words say (<see cref="AnswerSpace.InferFrom"/>).</summary>
    public AnswerSpace? AnswerSpace { get; init; }

    /// <summary>A question about nothing but itself.</summary>
    public static OnlineRequest Of(string question) => new(new AgentRequest(question, []));

    /// <summary>A question about a picture.</summary>
    public static OnlineRequest Of(string question, PixelImage image) => new(new AgentRequest(question, [new ImagePart(image)]));
}
