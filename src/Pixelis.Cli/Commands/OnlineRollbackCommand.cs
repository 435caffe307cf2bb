using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Online.Audit;
using Pixelis.Online.Updates;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis online rollback</c>: an earlier version serves again.</summary>
internal static class OnlineRollbackCommand
{
    private static readonly Argument<string> Version = new("VERSION") { Description = "The version that shall serve and be learnt on from" };
    private static readonly Option<string> Store = OnlineCommand.Store();
    private static readonly AuditKeyOptions Key = new();

    public static Command Create()
    {
        var command = new Command("rollback", "Lets an earlier version serve again") { Version, Store, Key.File, Key.Variable };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command
            .WithExamples("pixelis online versions --store ./online", "pixelis online rollback v000006 --store ./online --key audit.key")
            .WithNote(
                "For a server that is stopped: one that runs has the store. It rolls back by itself when the canary finds a version worse.\n"
                + "Later versions stay on disk until newer ones take their place, and can be rolled back to in the same way.\n"
                + "Where the store has an audit log, the rollback is put on record, with the key beside the store unless another is named.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new OnlineFolder(parsed.GetRequiredValue(Store));
        if (!Directory.Exists(folder.Versions))
            throw new PolicyStoreException(folder.Versions, "there is no store of versions here.");
        AuditKey? key = Key.Read(parsed, folder);
        using PolicyVersionStore store = PolicyVersionStore.Open(folder.Versions);
        PolicyVersion version = store.Require(parsed.GetRequiredValue(Version));
        string from = store.Serving?.Id ?? "nothing";
        if (key is not null)
        {
            await using AuditLog log = AuditLog.Open(folder.AuditLog, key);
            await log.AppendAsync(
                new AuditEntry { Type = "policy", Actor = "operator", Action = "roll-back", Resource = version.Id, Metadata = new Dictionary<string, string> { ["from"] = from, ["by"] = "pixelis online rollback" } },
                cancellation);
        }
        store.Point(version, serves: true);
        parsed.InvocationConfiguration.Output.WriteLine($"{version.Id} serves in the place of {from}");
        return ExitCodes.Success;
    }
}
