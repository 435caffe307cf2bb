using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis audit</c>: the record of what a learning agent did.</summary>
internal static class AuditCommand
{
    public static Command Create() =>
        new Command("audit", "Verifies audit logs, and makes keys for them")
        {
            AuditVerifyCommand.Create(),
            AuditKeyCommand.Create(),
        }
        .WithExamples("pixelis audit key audit.key", "pixelis audit verify ./audit --key audit.key");
}
