using Microsoft.Extensions.Logging;

namespace Pixelis.Agents.Telemetry;

/// <summary>
/// Every line an agent logs. None takes a text that a user, a model or a tool wrote, nor an exception itself, whose message may quote one; the
/// trajectory has it.
/// </summary>
internal static partial class AgentLog
{
    public static void Ended(ILogger logger, string? agent, AgentAnswer answer)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        Trajectories.Trajectory t = answer.Trajectory;
        Ended(logger, agent, t.Id, t.EndReason, t.Duration.TotalSeconds, EpisodeUsage.Turns(t).Count(), t.Turns.Sum(turn => turn.Invocations.Count));
    }

    [LoggerMessage(1, LogLevel.Debug, "Agent {Agent} on {Model} is asked about {Media} pictures and videos.")]
    public static partial void Started(ILogger logger, string? agent, string model, int media);

    [LoggerMessage(3, LogLevel.Warning, "Agent {Agent} could not take the question: {Error}.")]
    public static partial void Refused(ILogger logger, string? agent, string error);

    [LoggerMessage(4, LogLevel.Warning, "Tool {Tool} failed with {Error}; its message is in the trajectory.\n{Stack}")]
    public static partial void ToolFailed(ILogger logger, string tool, string? error, string? stack);

    [LoggerMessage(5, LogLevel.Error, "Model {Model} failed with {Error}; its message is in the trajectory.\n{Stack}")]
    public static partial void ModelFailed(ILogger logger, string model, string? error, string? stack);

    [LoggerMessage(2, LogLevel.Information, "Agent {Agent} ended episode {Episode}: {EndReason} after {Seconds:0.###} s, {Turns} turns, {Calls} tool calls.")]
    private static partial void Ended(ILogger logger, string? agent, string episode, Trajectories.EndReason endReason, double seconds, int turns, int calls);
}
