using System.Globalization;
using System.Text.Json;
using Pixelis.Online.Audit;
using Pixelis.Online.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests.Audit;

/// <summary>What crashes and full disks leave, and what becomes of it.</summary>
public sealed class AuditCrashTests : IDisposable
{
    private static readonly AuditOptions SmallFiles = new() { MaxFileBytes = 4096 };
    private readonly AuditFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_torn_last_line_is_set_aside_and_put_on_record()
    {
        await _folder.WriteAsync(3);
        string file = _folder.Files.Single();
        File.AppendAllText(file, "{\"seq\":5,\"time\":\"2026-01");
        AuditReport torn = _folder.Verify();
        Assert.Equal((true, 3L, 24L), (torn.IsIntact, torn.Entries, torn.UnfinishedBytes));
        await _folder.WriteAsync(1);
        AuditReport after = _folder.Verify();
        Assert.Equal((true, 5L, 0L), (after.IsIntact, after.Entries, after.UnfinishedBytes));
        Assert.Equal("{\"seq\":5,\"time\":\"2026-01", File.ReadAllText(_folder["torn-00000001-1"]));
        using JsonDocument record = JsonDocument.Parse(File.ReadAllLines(file)[4]);
        Assert.Equal("set-aside", record.RootElement.GetProperty("action").GetString());
        Assert.Equal("24", record.RootElement.GetProperty("metadata").GetProperty("bytes").GetString());
        Assert.Equal("torn-00000001-1", record.RootElement.GetProperty("metadata").GetProperty("kept_as").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"seq\":9")]
    public async Task A_file_whose_first_line_was_not_finished_is_set_aside(string beginning)
    {
        await _folder.WriteAsync(3);
        File.WriteAllText(_folder["audit-00000002.jsonl"], beginning);
        Assert.True(_folder.Verify().IsIntact);
        await _folder.WriteAsync(1);
        Assert.Equal((true, 5L, 1), (_folder.Verify().IsIntact, _folder.Verify().Entries, _folder.Verify().Files));
        Assert.Equal(beginning, File.ReadAllText(_folder["torn-00000002-1"]));
    }

    [Fact]
    public async Task Lines_ahead_of_the_head_are_kept()
    {
        await _folder.WriteAsync(2);
        byte[] head = File.ReadAllBytes(_folder["head.json"]);
        await _folder.WriteAsync(3);
        File.WriteAllBytes(_folder["head.json"], head); // as after a crash between lines and head
        Assert.Equal((true, 3L), (_folder.Verify().IsIntact, _folder.Verify().AheadOfHead));
        await _folder.WriteAsync(1);
        Assert.Equal((true, 6L, 0L), (_folder.Verify().IsIntact, _folder.Verify().Entries, _folder.Verify().AheadOfHead));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "torn-*"));
    }

    [Fact]
    public async Task A_crash_right_after_a_new_file_began_loses_nothing()
    {
        AuditFolder? before = null;
        while (!Directory.Exists(_folder.Path) || _folder.Files.Length < 2)
        {
            before?.Dispose();
            if (Directory.Exists(_folder.Path))
                before = _folder.Copy();
            await _folder.WriteAsync(1, SmallFiles);
        }
        // The state before, and of the next file its first line only.
        File.WriteAllText(before![Path.GetFileName(_folder.Files[1])], File.ReadLines(_folder.Files[1]).First() + "\n");
        AuditReport left = before.Verify();
        Assert.Equal((true, 1L, 2), (left.IsIntact, left.AheadOfHead, left.Files));
        await before.WriteAsync(1, SmallFiles);
        AuditReport after = before.Verify();
        Assert.Equal((true, left.Entries + 1, 2, 0L), (after.IsIntact, after.Entries, after.Files, after.AheadOfHead));
        before.Dispose();
    }

    [Fact]
    public async Task A_killed_writer_loses_nothing_that_it_acknowledged()
    {
        Directory.CreateDirectory(_folder.Path);
        ChildResult child = await RunChildAsync(killAfter: 40, "");
        Assert.NotEqual(0, child.ExitCode);
        long[] acknowledged = [.. child.Output.Split('\n').Where(l => l.StartsWith("ack ", StringComparison.Ordinal)).Select(l => long.Parse(l.AsSpan(4), CultureInfo.InvariantCulture))];
        Assert.True(acknowledged.Length >= 40, child.Output + child.Error);
        AuditReport left = _folder.Verify();
        Assert.True(left.IsIntact, left.Break?.ToString());
        Assert.True(left.Lines >= acknowledged.Max());
        await _folder.WriteAsync(1);
        AuditReport after = _folder.Verify();
        Assert.Equal((true, 0L), (after.IsIntact, after.UnfinishedBytes));
        HashSet<long> numbers = [.. _folder.Files.SelectMany(File.ReadLines).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("seq").GetInt64())];
        Assert.Empty(acknowledged.Except(numbers));
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_what_was_acknowledged_stays()
    {
        Directory.CreateDirectory(_folder.Path);
        // Files of at most 16 KiB; what the runtime writes for itself must not count.
        ChildResult child = await RunChildAsync(killAfter: null, "trap '' XFSZ; ulimit -f 16; export DOTNET_EnableWriteXorExecute=0; ");
        Assert.Contains("full: ", child.Output, StringComparison.Ordinal);
        Assert.Contains("the audit log cannot be written", child.Output, StringComparison.Ordinal);
        Assert.Contains("small: ", child.Output, StringComparison.Ordinal); // a shorter entry still found room
        int acknowledged = child.Output.Split('\n').Count(l => l.StartsWith("ack ", StringComparison.Ordinal) || l.StartsWith("small: ", StringComparison.Ordinal));
        AuditReport report = _folder.Verify();
        Assert.Equal((true, (long)acknowledged, 0L, 0L), (report.IsIntact, report.Entries, report.AheadOfHead, report.UnfinishedBytes));
    }

    [Fact]
    public async Task A_second_process_is_kept_out()
    {
        await using AuditLog log = _folder.Open();
        ChildResult child = await RunChildAsync(killAfter: null, "");
        Assert.Contains("another process writes this audit log", child.Output, StringComparison.Ordinal);
    }

    private Task<ChildResult> RunChildAsync(int? killAfter, string before)
    {
        int seen = 0;
        string[] arguments = ["-c", before + "exec dotnet \"$0\" audit-append \"$1\"", ChildProgram.Dll, _folder.Path];
        return ChildProcess.RunAsync("bash", arguments, limit: TimeSpan.FromMinutes(3), onOutput: (process, line) =>
        {
            if (line.StartsWith("ack ", StringComparison.Ordinal) && ++seen == killAfter)
                process.Kill();
        });
    }
}
