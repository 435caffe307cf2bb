using Pixelis.Trajectories;

namespace Pixelis.Agents.Telemetry;

/// <summary>End reasons as other programs read them.</summary>
internal static class EndReasonNames
{
    /// <summary>The reason in snake case.</summary>
    public static string Of(EndReason reason) => reason switch
    {
        EndReason.Answered => "answered",
        EndReason.TurnLimit => "turn_limit",
        EndReason.CallLimit => "call_limit",
        EndReason.ImageLimit => "image_limit",
        EndReason.TokenLimit => "token_limit",
        EndReason.TimeLimit => "time_limit",
        EndReason.Cancelled => "cancelled",
        EndReason.Failed => "failed",
        _ => reason.ToString().ToLowerInvariant(),
    };
}
