using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Online.Audit;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis audit key</c>: a new key.</summary>
internal static class AuditKeyCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "Where to write it; a file that exists is left alone" };

    public static Command Create()
    {
        var command = new Command("key", "Draws a key and writes it to a file that only you can read") { File };
        command.SetAction(Run);
        return command
            .WithExamples("pixelis audit key audit.key")
            .WithNote("Keep it apart from the log: who can write both can forge. Without it a log cannot be verified.");
    }

    private static int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(File);
        AuditKey key = AuditKey.Create(file);
        parsed.InvocationConfiguration.Output.WriteLine($"{file}: audit key {key.Id}");
        return ExitCodes.Success;
    }
}
