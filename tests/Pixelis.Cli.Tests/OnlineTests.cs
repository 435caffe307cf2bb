using System.Text.Json;
using Pixelis.Online;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;
using Pixelis.Online.Updates;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>Versions, why they are, and back again, on real stores.</summary>
public sealed class OnlineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private OnlineFolder Store => new(_folder["online"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Why_lists_what_made_a_version_and_rollback_undoes_it()
    {
        await FillAsync();
        string versions = (await PixelisTool.RunAsync("online", "versions", "--store", Store.Root)).Succeeded().Output;
        Assert.Matches(@"^\* v000002  \S+  of v000001  by ttrl  3 experiences  2 updates  0.031 nats a token\n  v000001  \S+  the first  0 experiences\n$", versions);

        string why = (await PixelisTool.RunAsync("online", "why", "v000002", "--store", Store.Root)).Succeeded().Output;
        Assert.Contains("         1  default  What colour is the car?  -> red (vote, 0.80)", why, StringComparison.Ordinal);
        Assert.Contains("        99  gone: erased or evicted", why, StringComparison.Ordinal);
        Assert.Contains("It descends from v000001.", why, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", why, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse((await PixelisTool.RunAsync("online", "why", "v000002", "--store", Store.Root, "--json")).Succeeded().Output);
        Assert.Equal([1, 2, 99], json.RootElement.GetProperty("experiences").EnumerateArray().Select(e => e.GetProperty("id").GetInt64()));
        Assert.Equal("red", json.RootElement.GetProperty("experiences")[0].GetProperty("label").GetString());

        Assert.Equal("v000001 serves in the place of v000002\n", (await PixelisTool.RunAsync("online", "rollback", "v000001", "--store", Store.Root)).Succeeded().Output);
        using (PolicyVersionStore store = PolicyVersionStore.Read(Store.Versions))
            Assert.Equal(("v000001", "v000001"), (store.Serving!.Id, store.Learning!.Id));
        Assert.StartsWith("  v000002", (await PixelisTool.RunAsync("online", "versions", "--store", Store.Root)).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_is_put_on_record_where_there_is_a_record()
    {
        await FillAsync();
        AuditKey key = AuditKey.Create(_folder["key"]);
        await using (AuditLog log = AuditLog.Open(Store.AuditLog, key))
            await log.AppendAsync(new AuditEntry { Type = "t", Actor = "a", Action = "a", Resource = "r" });
        ChildResult without = await PixelisTool.RunAsync("online", "rollback", "v000001", "--store", Store.Root);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("--key", without.Error, StringComparison.Ordinal);
        (await PixelisTool.RunAsync("online", "rollback", "v000001", "--store", Store.Root, "--key", _folder["key"])).Succeeded();
        AuditReport report = AuditVerifier.Verify(Store.AuditLog, key);
        Assert.Equal((true, 2L), (report.IsIntact, report.Entries));
    }

    [Fact]
    public async Task A_person_is_forgotten_and_what_learnt_from_them_is_named()
    {
        await FillAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(Store.PrivacyKey)!);
        string hash = new SubjectHasher(PrivacyKey.Create(Store.PrivacyKey)).Hash("default", "Ann");
        await using (ExperienceBuffer buffer = ExperienceBuffer.Open(Store.Experiences))
        {
            Experience hers = await buffer.AddAsync(new Experience { RequestId = "hers", Subject = hash, Question = "?", Embedding = new float[] { 0, 1 } });
            await buffer.RecordVersionAsync("v000002", [hers.Id]);
        }
        AuditKey key = AuditKey.Create(Store.AuditKey); // beside the store, where it is found
        await using (AuditLog log = AuditLog.Open(Store.AuditLog, key))
            await log.AppendAsync(new AuditEntry { Type = "t", Actor = "a", Action = "a", Resource = "r" });
        Assert.Equal("1 experiences erased; v000002 still hold what they learnt\n", (await PixelisTool.RunAsync("online", "erase", "ann", "--store", Store.Root)).Succeeded().Output);
        Assert.Equal("0 experiences erased; no version learnt from them\n", (await PixelisTool.RunAsync("online", "erase", "bob", "--store", Store.Root)).Succeeded().Output);
        using (ExperienceReader reader = ExperienceReader.Open(Store.Experiences))
            Assert.Equal((2L, null), (reader.Count(), reader.FindByRequest("hers")));
        Assert.Equal((true, 3L), (AuditVerifier.Verify(Store.AuditLog, key).IsIntact, AuditVerifier.Verify(Store.AuditLog, key).Entries));
        Assert.Contains("no store of experiences", (await PixelisTool.RunAsync("online", "erase", "ann", "--store", _folder["absent"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_and_changes_nothing()
    {
        await FillAsync();
        await Refused("there is no version 'v000009'; there are v000002, v000001", "why", "v000009");
        await Refused("there is no version 'latest'", "rollback", "latest");
        using (PolicyVersionStore.Open(Store.Versions))
            await Refused("another process", "rollback", "v000001");
        File.WriteAllText(Path.Combine(Store.Versions, "v000001", "weights", "w.bin"), "torn");
        await Refused("SHA-256", "rollback", "v000001");
        using (PolicyVersionStore store = PolicyVersionStore.Read(Store.Versions))
            Assert.Equal("v000002", store.Serving!.Id);
        ChildResult absent = await PixelisTool.RunAsync("online", "rollback", "v000001", "--store", _folder["absent"]);
        Assert.Equal((1, false), (absent.ExitCode, Directory.Exists(_folder["absent"])));

        async Task Refused(string why, params string[] arguments)
        {
            ChildResult result = await PixelisTool.RunAsync(["online", .. arguments, "--store", Store.Root]);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
        }
    }

    private async Task FillAsync()
    {
        await using (ExperienceBuffer buffer = ExperienceBuffer.Open(Store.Experiences, new ExperienceBufferOptions { Dimension = 2 }))
        {
            foreach (string question in new[] { "What colour is the car?", "A question\u001b[2J\nof two lines" })
            {
                await buffer.AddAsync(new Experience
                {
                    RequestId = "r", Question = question, Answer = "red", Label = "red", LabelSource = LabelSource.Vote, Confidence = 0.8, Embedding = new float[] { 1, 0 },
                });
            }
        }
        using PolicyVersionStore store = PolicyVersionStore.Open(Store.Versions);
        Make(v => v);
        Make(v => v with
        {
            Parent = "v000001", Experiences = [1, 2, 99], Metrics = new Dictionary<string, double> { ["updates"] = 2, ["kl"] = 0.0314 }, Notes = new Dictionary<string, string> { ["made_by"] = "ttrl" },
        });

        void Make(Func<PolicyVersion, PolicyVersion> version)
        {
            using PolicyDraft draft = store.Draft(folder => File.WriteAllText(Path.Combine(folder, "w.bin"), "weights"));
            store.Point(store.Commit(draft, version), serves: true);
        }
    }
}
