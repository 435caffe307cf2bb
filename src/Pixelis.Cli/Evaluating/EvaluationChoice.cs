using Pixelis.Cli.Asking;
using Pixelis.Data;

namespace Pixelis.Cli.Evaluating;

/// <summary>Everything that <c>pixelis evaluate</c> was asked for.</summary>
internal sealed record EvaluationChoice
{
    /// <summary>The agent; null for the oracle.</summary>
    public AgentChoice? Agent { get; init; }

    /// <summary>Votes and memory; null for one episode a question.</summary>
    public VotingChoice? Voting { get; init; }

    /// <summary><c>pixelbench[:SPLIT]</c> or a file.</summary>
    public required string Data { get; init; }

    public required IReadOnlyList<string> Families { get; init; }

    public int? Limit { get; init; }

    public PixelBenchShift Shift { get; init; }

    public bool SkipsBroken { get; init; }

    /// <summary>The folder of the results; null for one by the names of model and data.</summary>
    public string? Folder { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>How many episodes that went wrong get a page.</summary>
    public int Pages { get; init; }

    public required ulong Seed { get; init; }
}
