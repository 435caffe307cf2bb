namespace Pixelis.Cli.Asking;

/// <summary>Everything that <c>pixelis ask</c> was asked for.</summary>
internal sealed record AskSettings
{
    public required AgentChoice Agent { get; init; }

    public required string Question { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public required IReadOnlyList<string> Videos { get; init; }

    /// <summary>Where the page about the episode goes; null for nowhere.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>Where the record of the episode goes; null for nowhere.</summary>
    public string? TrajectoryPath { get; init; }
}
