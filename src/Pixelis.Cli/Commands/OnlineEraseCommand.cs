using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Online;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;
using Pixelis.Online.Updates;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis online erase</c>: forgets a person.</summary>
internal static class OnlineEraseCommand
{
    private static readonly Argument<string> Subject = new("PERSON") { Description = "The person, by the name that requests gave" };
    private static readonly Option<string> Store = OnlineCommand.Store();
    private static readonly Option<string> Tenant = new("--tenant") { Description = "Whose memory it is", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private static readonly Option<string?> PrivacyKeyFile = new("--privacy-key") { Description = "File with the key of people's hashes (default: the one beside the store)", HelpName = "FILE" };
    private static readonly AuditKeyOptions Key = new();
    private static readonly ExperienceBufferOptions KeepsTheRest = new() { Retention = TimeSpan.Zero, Capacity = int.MaxValue };

    public static Command Create()
    {
        var command = new Command("erase", "Forgets a person: experiences, vectors, pictures, review items; and names the versions that learnt from them") { Subject, Store, Tenant, PrivacyKeyFile, Key.File, Key.Variable };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command
            .WithExamples("pixelis online erase ann@example.org --store ./online", "pixelis online erase 4711 --store ./online --tenant clinic")
            .WithNote(
                "For a server that is stopped. Requests name people in the field 'user' (serve) or 'subject' (train ttrl).\n"
                + "Versions that are named still hold what they learnt: roll back to one from before, or train anew. It is put on record where the store has an audit log.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new OnlineFolder(parsed.GetRequiredValue(Store));
        if (!Directory.Exists(folder.Experiences))
            throw new ExperienceStoreException(folder.Experiences, "there is no store of experiences here.");
        AuditKey? key = Key.Read(parsed, folder);
        string hash = new SubjectHasher(PrivacyKey.Read(parsed.GetValue(PrivacyKeyFile) ?? folder.PrivacyKey)).Hash(parsed.GetRequiredValue(Tenant), parsed.GetRequiredValue(Subject));
        using PolicyVersionStore versions = PolicyVersionStore.Open(folder.Versions);
        await using ExperienceBuffer experiences = ExperienceBuffer.Open(folder.Experiences, KeepsTheRest);
        await using ReviewQueue? reviews = File.Exists(folder.Reviews) ? ReviewQueue.Open(folder.Reviews) : null;
        await using AuditLog? log = key is null ? null : AuditLog.Open(folder.AuditLog, key);
        Erasure erased = await PersonErasure.EraseAsync(experiences, reviews, versions, log, hash, cancellation);
        string learnt = erased.Versions.Count == 0 ? "no version learnt from them" : $"{string.Join(", ", erased.Versions)} still hold what they learnt";
        parsed.InvocationConfiguration.Output.WriteLine($"{erased.Experiences.Count} experiences erased; {learnt}");
        return ExitCodes.Success;
    }
}
