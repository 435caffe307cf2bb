using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis rewards</c>: what episodes are worth to a trainer.</summary>
internal static class RewardsCommand
{
    public static Command Create() =>
        new Command("rewards", "Explains what an episode is rewarded for, and probes rewards for exploits")
        {
            RewardsExplainCommand.Create(),
            RewardsProbeCommand.Create(),
        }
        .WithExamples("pixelis rewards explain trajectory.json --answer 7", "pixelis rewards probe");
}
