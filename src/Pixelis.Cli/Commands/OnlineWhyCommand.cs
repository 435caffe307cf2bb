using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Versions;
using Pixelis.Online;
using Pixelis.Online.Updates;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis online why</c>: which experiences made a version.</summary>
internal static class OnlineWhyCommand
{
    private static readonly Argument<string> Version = new("VERSION") { Description = "A version's name, for example v000007" };
    private static readonly Option<string> Store = OnlineCommand.Store();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("why", "Lists the experiences that made a version of the one before") { Version, Store, Json };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command
            .WithExamples("pixelis online why v000007 --store ./online", "pixelis online why v000007 --store ./online --json | jq '.experiences[].question'")
            .WithNote("What its ancestors learnt is in it too; they are named, and 'why' of each says by what. Works while a server runs.");
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var folder = new OnlineFolder(parsed.GetRequiredValue(Store));
        using PolicyVersionStore store = PolicyVersionStore.Read(folder.Versions);
        using ExperienceReader? experiences = Directory.Exists(folder.Experiences) ? ExperienceReader.Open(folder.Experiences) : null;
        VersionOrigin origin = await VersionOrigin.OfAsync(
            store, parsed.GetRequiredValue(Version), experiences is null ? null : id => ValueTask.FromResult(experiences.Find(id)));
        OriginDocument document = OriginDocument.Of(origin, store.Serving?.Id, store.Learning?.Id);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
            output.WriteLine(JsonSerializer.Serialize(document, CliJson.Default.OriginDocument));
        else
            VersionText.Write(output, document, hasExperiences: experiences is not null);
        return ExitCodes.Success;
    }
}
