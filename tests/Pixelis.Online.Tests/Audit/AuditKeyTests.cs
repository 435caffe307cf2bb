using System.Runtime.Versioning;
using Pixelis.Online.Audit;
using Pixelis.Online.Keys;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests.Audit;

[UnsupportedOSPlatform("windows")]
public sealed class AuditKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => _folder["audit.key"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_key_can_be_read_by_its_owner_only_and_comes_back()
    {
        AuditKey key = AuditKey.Create(File1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File1));
        Assert.Equal(key.Id, AuditKey.Read(File1).Id);
        Assert.NotEqual(key.Id, AuditKey.Create(_folder["other.key"]).Id);
        Assert.DoesNotContain(File.ReadAllText(File1).Trim(), key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_never_overwritten()
    {
        AuditKey.Create(File1);
        string text = File.ReadAllText(File1);
        Assert.Contains("never overwritten", Assert.Throws<KeyException>(() => AuditKey.Create(File1)).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(File1));
    }

    // A kill leaves what lies there at that moment: a name that is written to once it is there can be left half written.
    [Fact]
    public async Task A_key_has_its_name_when_it_is_whole()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<(WatcherChangeTypes What, string Name)>();
        var told = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_folder.Path) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
        watcher.Created += (_, e) => Note(e);
        watcher.Changed += (_, e) => Note(e);
        watcher.EnableRaisingEvents = true;
        AuditKey.Create(File1);
        File.WriteAllText(_folder["last"], "");
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains((WatcherChangeTypes.Created, "audit.key"), seen);
        Assert.DoesNotContain((WatcherChangeTypes.Changed, "audit.key"), seen);
        Assert.Equal(["audit.key", "last"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());

        void Note(FileSystemEventArgs e)
        {
            seen.Enqueue((e.ChangeType, e.Name!));
            if (e.Name == "last")
                told.TrySetResult();
        }
    }

    [Fact]
    public void Of_several_that_make_a_key_one_does()
    {
        for (int round = 0; round < 20; round++)
        {
            string file = _folder[$"{round}.key"];
            var made = new System.Collections.Concurrent.ConcurrentBag<string>();
            int refused = 0;
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
            {
                try
                {
                    made.Add(AuditKey.Create(file).Id);
                }
                catch (KeyException)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            Assert.Equal(3, refused);
            Assert.Equal(Assert.Single(made), AuditKey.Read(file).Id);
        }
    }

    [FullDiskFact]
    public void A_key_that_finds_no_room_leaves_nothing()
    {
        using var disk = new SmallDisk(1);
        string filler = Path.Combine(disk.Path, "filler"), key = Path.Combine(disk.Path, "audit.key");
        using (FileStream stream = File.Create(filler))
            Assert.ThrowsAny<IOException>(() => stream.Write(new byte[2 << 20]));
        Assert.ThrowsAny<IOException>(() => AuditKey.Create(key));
        Assert.Equal([filler], Directory.GetFiles(disk.Path));
        File.Delete(filler);
        Assert.Equal(AuditKey.Create(key).Id, AuditKey.Read(key).Id);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_may_use_is_refused(UnixFileMode more)
    {
        AuditKey.Create(File1);
        File.SetUnixFileMode(File1, File.GetUnixFileMode(File1) | more);
        Assert.Contains("chmod 600", Assert.Throws<KeyException>(() => AuditKey.Read(File1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret words")]
    [InlineData("00112233")]
    public void What_is_no_key_is_refused_and_not_repeated(string text)
    {
        AuditKey.Create(File1);
        File.WriteAllText(File1, text);
        string message = Assert.Throws<KeyException>(() => AuditKey.Read(File1)).Message;
        Assert.Contains("64 hexadecimal digits", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", message, StringComparison.Ordinal);
        Assert.Throws<KeyException>(() => AuditKey.Read(_folder["absent.key"]));
        Assert.Throws<KeyException>(() => AuditKey.FromBytes(new byte[31]));
    }

    [Fact]
    public void A_key_comes_from_the_environment()
    {
        const string Name = "PIXELIS_TEST_AUDIT_KEY";
        Environment.SetEnvironmentVariable(Name, null);
        Assert.Contains(Name, Assert.Throws<KeyException>(() => AuditKey.FromEnvironment(Name)).Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Name, " " + new string('0', 64) + "\n");
        Assert.Equal(AuditKey.FromBytes(new byte[32]).Id, AuditKey.FromEnvironment(Name).Id);
        Environment.SetEnvironmentVariable(Name, null);
    }
}
