using Pixelis.Online.Tests.Support;
using Pixelis.Online.Updates;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests.Updates;

/// <summary>Versions on disk: whole or not at all, whatever happens to the process and to files.</summary>
public sealed class PolicyVersionStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string Folder => _folder["versions"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_version_is_kept_with_everything_that_is_known_of_it()
    {
        PolicyVersion made;
        using (PolicyVersionStore store = Open())
        {
            Assert.Null(store.Serving);
            Make(store);
            _time.Advance(60);
            made = Make(store, v => v with
            {
                Experiences = [5, 9], Metrics = new Dictionary<string, double> { ["kl"] = 0.05 }, Notes = new Dictionary<string, string> { ["made_by"] = "ttrl" },
            });
        }
        using PolicyVersionStore again = Open();
        PolicyVersion read = again.Serving!;
        Assert.Equal(("v000002", "v000001", made.CreatedAt, _time.Now), (read.Id, read.Parent, read.CreatedAt, read.CreatedAt));
        Assert.Equal([5, 9], read.Experiences);
        Assert.Equal((0.05, "ttrl"), (read.Metrics["kl"], read.Notes["made_by"]));
        Assert.Equal(["v000002", "v000001"], again.Versions.Select(v => v.Id));
        Assert.Equal(["a.bin", "b.bin"], Directory.EnumerateFiles(read.WeightsFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(again.Notices);
    }

    [Fact]
    public void The_newest_that_is_torn_or_changed_is_passed_over_with_a_clear_message()
    {
        using (PolicyVersionStore store = Open())
        {
            for (int i = 0; i < 3; i++)
                Make(store);
        }
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Folder, "v000003"), "*", SearchOption.AllDirectories).ToArray())
        {
            byte[] good = File.ReadAllBytes(file);
            foreach (byte[]? bad in new byte[]?[] { [], good[..(good.Length / 2)], [.. good[..^1], (byte)(good[^1] ^ 1)], null })
            {
                if (bad is null)
                    File.Delete(file);
                else
                    File.WriteAllBytes(file, bad);
                using (PolicyVersionStore read = PolicyVersionStore.Read(Folder))
                {
                    Assert.Equal(("v000002", "v000002"), (read.Serving!.Id, read.Learning!.Id));
                    string notice = Assert.Single(read.Notices);
                    Assert.Contains("Version v000003 cannot be used", notice);
                    Assert.Contains("v000002 serves instead", notice);
                }
                File.WriteAllBytes(file, good);
            }
        }
        File.WriteAllText(Path.Combine(Folder, "v000003", "weights", "a.bin"), "torn");
        using (PolicyVersionStore store = Open())
        {
            Assert.Equal("v000002", store.Serving!.Id);
            Assert.Contains("SHA-256", Assert.Throws<PolicyStoreException>(() => store.Require("v000003")).Message);
            Assert.Equal("v000004", Make(store).Id); // its number is not used again
        }
        using PolicyVersionStore after = Open();
        Assert.Equal("v000004", after.Serving!.Id);
        Assert.Empty(after.Notices);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"schema\":\"pixelis.policy-po")]
    [InlineData("{\"schema\":\"pixelis.policy-pointer/9\",\"serving\":\"v000001\",\"learning\":\"v000001\",\"last\":1}")]
    [InlineData("null")]
    [InlineData(null)]
    public void A_pointer_that_is_torn_or_gone_is_made_anew(string? pointer)
    {
        using (PolicyVersionStore store = Open())
        {
            Make(store);
            Make(store);
        }
        string file = Path.Combine(Folder, "current.json");
        if (pointer is null)
            File.Delete(file);
        else
            File.WriteAllText(file, pointer);
        using (PolicyVersionStore store = Open())
        {
            Assert.Equal("v000002", store.Serving!.Id);
            Assert.Contains("current.json", Assert.Single(store.Notices));
        }
        using PolicyVersionStore healed = Open();
        Assert.Empty(healed.Notices);
    }

    [Fact]
    public void When_nothing_is_whole_it_says_so_and_begins_anew()
    {
        using (PolicyVersionStore store = Open())
            Make(store);
        File.Delete(Path.Combine(Folder, "v000001", "weights", "a.bin"));
        using PolicyVersionStore empty = Open();
        Assert.Null(empty.Serving);
        Assert.Contains("No version is whole", Assert.Single(empty.Notices));
        Assert.Equal("v000002", Make(empty).Id);
    }

    [Fact]
    public void Old_versions_go_and_those_that_count_stay()
    {
        using PolicyVersionStore store = PolicyVersionStore.Open(Folder, new PolicyVersionStoreOptions { Keep = 2 });
        PolicyVersion first = Make(store);
        for (int i = 0; i < 4; i++)
            Make(store, serves: false); // shadow mode
        Assert.Equal(["v000005", "v000004", "v000001"], store.Versions.Select(v => v.Id));
        Assert.Equal(("v000001", "v000005"), (store.Serving!.Id, store.Learning!.Id));
        store.Point(first, serves: true); // rolled back
        using PolicyDraft draft = store.Draft(PolicyChild.Write);
        Assert.Equal("v000006", draft.Id);
    }

    [Fact]
    public void A_draft_that_fails_leaves_nothing()
    {
        using PolicyVersionStore store = Open();
        Make(store);
        PolicyStoreException error = Assert.Throws<PolicyStoreException>(() => store.Draft(folder =>
        {
            PolicyChild.Write(folder);
            throw new IOException("No space left on device");
        }));
        Assert.Contains("No space left on device", error.Message);
        Assert.Contains("what is served stays", error.Message);
        using (store.Draft(PolicyChild.Write))
        {
            // Thrown away.
        }
        Assert.Equal([".lock", "current.json", "v000001"], Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [FullDiskFact]
    public void A_full_disk_is_an_error_and_what_is_served_stays()
    {
        using var disk = new SmallDisk(1);
        using (PolicyVersionStore store = PolicyVersionStore.Open(disk.Path, new PolicyVersionStoreOptions { Keep = 1000 }))
        {
            PolicyStoreException? full = null;
            for (int i = 0; i < 100 && full is null; i++)
            {
                try
                {
                    Make(store);
                }
                catch (PolicyStoreException e)
                {
                    full = e;
                }
            }
            Assert.Contains("what is served stays", full!.Message);
            Assert.DoesNotContain(Directory.EnumerateDirectories(disk.Path), d => Path.GetFileName(d).StartsWith('.'));
        }
        using PolicyVersionStore again = PolicyVersionStore.Open(disk.Path);
        Assert.InRange(again.Versions.Count, 2, 50);
        again.Require(again.Serving!.Id);
        Assert.Empty(again.Notices);
    }

    [Fact]
    public void One_process_writes_and_others_read()
    {
        using PolicyVersionStore store = Open();
        Make(store);
        Assert.Contains("another process", Assert.Throws<PolicyStoreException>(Open).Message);
        using PolicyVersionStore reader = PolicyVersionStore.Read(Folder);
        Assert.Equal("v000001", reader.Serving!.Id);
        Assert.Throws<InvalidOperationException>(() => reader.Draft(PolicyChild.Write));
        Assert.Contains("no store of versions", Assert.Throws<PolicyStoreException>(() => PolicyVersionStore.Read(_folder["absent"])).Message);
    }

    [Fact]
    public void Those_that_descend_from_a_version_hold_what_it_learnt()
    {
        using PolicyVersionStore store = Open();
        PolicyVersion one = Make(store), two = Make(store), three = Make(store);
        store.Point(one, serves: true);
        PolicyVersion four = Make(store); // of one
        Assert.Equal([two.Id, three.Id], store.HoldersOf([two.Id]));
        Assert.Equal([one.Id, two.Id, three.Id, four.Id], store.HoldersOf([one.Id]));
        Assert.Null(store.Find("../v000001"));
        Assert.Null(store.Find("v1"));
    }

    [Fact]
    public async Task Killed_at_any_moment_it_serves_what_was_acknowledged_or_the_next()
    {
        int last = 0;
        for (int round = 0; round < 12; round++)
        {
            int acknowledged = last, wanted = 1 + (round % 4);
            ChildResult child = await ChildProcess.RunAsync("dotnet", [ChildProgram.Dll, "policy-publish", Folder], onOutput: (process, line) =>
            {
                if (!line.StartsWith("ack ", StringComparison.Ordinal))
                    return;
                acknowledged = NumberOf(line[4..]);
                if (--wanted == 0)
                    process.Kill(); // SIGKILL, while the next version is being written
            });
            Assert.NotEqual(0, child.ExitCode);
            Assert.True(acknowledged > last, child.Output + child.Error);
            Assert.DoesNotContain("cannot", child.Output, StringComparison.Ordinal);
            using PolicyVersionStore store = Open();
            Assert.Empty(store.Notices);
            last = NumberOf(store.Serving!.Id);
            Assert.InRange(last, acknowledged, acknowledged + 2); // lines may be on their way when it is killed
            store.Require(store.Serving.Id);
            Assert.DoesNotContain(Directory.EnumerateDirectories(Folder), d => Path.GetFileName(d).StartsWith('.'));
        }
    }

    private static int NumberOf(string id) => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static PolicyVersion Make(PolicyVersionStore store, Func<PolicyVersion, PolicyVersion>? more = null, bool serves = true)
    {
        using PolicyDraft draft = store.Draft(PolicyChild.Write);
        PolicyVersion version = store.Commit(draft, v => (more ?? (x => x))(v with { Parent = store.Learning?.Id }));
        store.Point(version, serves);
        return version;
    }

    private PolicyVersionStore Open() => PolicyVersionStore.Open(Folder, new PolicyVersionStoreOptions { TimeProvider = _time });
}
