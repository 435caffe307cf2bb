using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Versions;
using Pixelis.Online.Updates;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis online versions</c>: the versions that are kept.</summary>
internal static class OnlineVersionsCommand
{
    private static readonly Option<string> Store = OnlineCommand.Store();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("versions", "Lists the versions that are kept, the newest first") { Store, Json };
        command.SetAction(Run);
        return command
            .WithExamples("pixelis online versions --store ./online", "pixelis online versions --store ./online --json | jq '.[0].metrics'")
            .WithNote("* serves; + is what learning goes on from, where that is another (shadow mode). Works while a server runs.");
    }

    private static int Run(ParseResult parsed)
    {
        using PolicyVersionStore store = PolicyVersionStore.Read(new OnlineFolder(parsed.GetRequiredValue(Store)).Versions);
        foreach (string notice in store.Notices)
            parsed.InvocationConfiguration.Error.WriteLine($"pixelis: {notice}");
        (string? serving, string? learning) = (store.Serving?.Id, store.Learning?.Id);
        VersionDocument[] versions = [.. store.Versions.Select(v => VersionDocument.Of(v, serving, learning))];
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
            output.WriteLine(JsonSerializer.Serialize(versions, CliJson.Default.VersionDocumentArray));
        else if (versions.Length == 0)
            output.WriteLine("no versions yet");
        foreach (VersionDocument version in parsed.GetValue(Json) ? [] : versions)
            output.WriteLine($"{(version.Serving ? '*' : version.Learning ? '+' : ' ')} {VersionText.Line(version)}");
        return ExitCodes.Success;
    }
}
