using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis online</c>: what an agent learnt while it served, why, and back again.</summary>
internal static class OnlineCommand
{
    public static Command Create() =>
        new Command("online", "Lists what was learnt while serving, says why, and undoes it")
        {
            OnlineVersionsCommand.Create(),
            OnlineWhyCommand.Create(),
            OnlineRollbackCommand.Create(),
            OnlineEraseCommand.Create(),
        }
        .WithExamples("pixelis online versions --store ./online", "pixelis online why v000007 --store ./online", "pixelis online rollback v000006 --store ./online");

    /// <summary>The folder of everything that learning keeps.</summary>
    public static Option<string> Store() => new("--store")
    {
        Description = "The folder in which learning keeps its versions, experiences and audit log", HelpName = "DIR", Required = true,
    };
}
