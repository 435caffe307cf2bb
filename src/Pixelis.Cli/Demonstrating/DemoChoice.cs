using Pixelis.Cli.Asking;
using Pixelis.Data;

namespace Pixelis.Cli.Demonstrating;

/// <summary>Everything that <c>pixelis demo</c> was asked for.</summary>
internal sealed record DemoChoice
{
    public required AgentChoice Agent { get; init; }

    public required IReadOnlyList<PixelBenchFamily> Families { get; init; }

    public required IReadOnlyList<int> Difficulties { get; init; }

    /// <summary>Chooses the scenes.</summary>
    public required int Seed { get; init; }

    /// <summary>Where pictures and pages go; made if it is not there.</summary>
    public required string Folder { get; init; }
}
