using Pixelis.Online;

namespace Pixelis.Cli.Training;

/// <summary>What <c>pixelis train ttrl</c> was asked for.</summary>
internal sealed record TtrlSettings
{
    public required string Model { get; init; }

    public required string Requests { get; init; }

    public required string Folder { get; init; }

    /// <summary>Memory, votes, gates and learning.</summary>
    public required OnlineEvolutionOptions Online { get; init; }

    /// <summary>Names of tools between commas, all or none.</summary>
    public required string Tools { get; init; }

    public int? MaxNewTokens { get; init; }

    public int? Threads { get; init; }

    public bool SkipsBrokenLines { get; init; }
}
