using Pixelis.Online;

namespace Pixelis.Cli.Evaluating;

/// <summary>How several answers to a question become one.</summary>
internal sealed record VotingChoice
{
    /// <summary>The folder of an agent that remembered and learnt; nothing in it changes. Null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Episodes of each question.</summary>
    public required int Episodes { get; init; }

    /// <summary>Remembered answers that vote at most.</summary>
    public required int Neighbors { get; init; }

    public required VotingRuleKind Rule { get; init; }
}
