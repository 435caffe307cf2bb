using System.Runtime.Versioning;
using System.Text.Json;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;

namespace Pixelis.Online.Tests.Audit;

[UnsupportedOSPlatform("windows")]
public sealed class AuditLogTests : IDisposable
{
    private static readonly AuditOptions SmallFiles = new() { MaxFileBytes = 4096 };
    private readonly AuditFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_is_canonical_json_that_says_what_happened()
    {
        await using (AuditLog log = _folder.Open())
            Assert.Equal(2, await log.AppendAsync(AuditFolder.Entry(7) with { Result = AuditResult.Refused }));
        string[] lines = File.ReadAllLines(_folder.Files.Single());
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(
            """{"seq":2,"time":"2026-03-01T12:00:00.0000000Z","type":"update","actor":"worker","action":"apply","resource":"policy-7","result":"refused","metadata":{"batch":"7","kl":"0.01"},"mac":""" + "\"",
            lines[1], StringComparison.Ordinal);
        using JsonDocument header = JsonDocument.Parse(lines[0]);
        Assert.Equal(1, header.RootElement.GetProperty("file").GetInt32());
        Assert.Equal(_folder.Key.Id, header.RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_closed_log_verifies_and_goes_on_where_it_ended()
    {
        await _folder.WriteAsync(3);
        await _folder.WriteAsync(2);
        AuditReport report = _folder.Verify();
        Assert.True(report.IsIntact);
        Assert.Equal((6L, 5L, 1, 0L, 0L), (report.Lines, report.Entries, report.Files, report.AheadOfHead, report.UnfinishedBytes));
        Assert.Equal(TimeSpan.FromSeconds(4), report.Last - report.First);
    }

    [Fact]
    public async Task A_new_log_is_empty_and_verifies()
    {
        Assert.Throws<AuditException>(() => _folder.Verify());
        await _folder.Open().DisposeAsync();
        Assert.Equal((true, 0L, (DateTimeOffset?)null), (_folder.Verify().IsIntact, _folder.Verify().Lines, _folder.Verify().First));
    }

    [Fact]
    public async Task Files_follow_one_another_and_each_begins_with_the_chain()
    {
        await _folder.WriteAsync(60, SmallFiles);
        Assert.True(_folder.Files.Length >= 3, $"{_folder.Files.Length} files");
        AuditReport report = _folder.Verify();
        Assert.Null(report.Break);
        Assert.Equal((60L, _folder.Files.Length, 60L + _folder.Files.Length), (report.Entries, report.Files, report.Lines));
        using JsonDocument last = JsonDocument.Parse(File.ReadLines(_folder.Files[0]).Last());
        using JsonDocument header = JsonDocument.Parse(File.ReadLines(_folder.Files[1]).First());
        Assert.Equal(last.RootElement.GetProperty("mac").GetString(), header.RootElement.GetProperty("previous").GetString());
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing_and_get_numbers_of_their_own()
    {
        await using (AuditLog log = _folder.Open(new AuditOptions { MaxFileBytes = 4096, QueueCapacity = 8 }))
        {
            long[] numbers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => log.AppendAsync(AuditFolder.Entry(i)))));
            Assert.Equal(400, numbers.Distinct().Count());
        }
        Assert.Equal((true, 400L), (_folder.Verify().IsIntact, _folder.Verify().Entries));
        var resources = _folder.Files.SelectMany(File.ReadLines).Where(l => l.Contains("\"resource\"", StringComparison.Ordinal))
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("resource").GetString());
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"policy-{i}").Order(StringComparer.Ordinal), resources.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_acknowledged_entry_is_on_disk_and_under_the_head()
    {
        await using AuditLog log = _folder.Open();
        for (int i = 0; i < 3; i++)
        {
            await log.AppendAsync(AuditFolder.Entry(i));
            using AuditFolder seen = _folder.Copy(); // what a crash would leave
            AuditReport report = seen.Verify();
            Assert.Equal((true, i + 1L, 0L), (report.IsIntact, report.Entries, report.AheadOfHead));
        }
    }

    [Fact]
    public async Task One_process_writes_a_log_at_a_time()
    {
        await using AuditLog log = _folder.Open();
        string message = Assert.Throws<AuditException>(() => _folder.Open()).Message;
        Assert.Contains("another process writes this audit log", message, StringComparison.Ordinal);
        await log.DisposeAsync();
        await _folder.Open().DisposeAsync();
    }

    [Fact]
    public async Task A_closed_log_takes_nothing()
    {
        AuditLog log = _folder.Open();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync(AuditFolder.Entry(0)));
    }

    [Fact]
    public async Task Another_key_neither_opens_nor_verifies()
    {
        await _folder.WriteAsync(1);
        AuditKey other = AuditKey.FromBytes(new byte[32]);
        Assert.Contains($"{_folder.Key.Id}, and this is key {other.Id}", Assert.Throws<AuditException>(() => AuditLog.Open(_folder.Path, other)).Message, StringComparison.Ordinal);
        Assert.Contains(other.Id, AuditVerifier.Verify(_folder.Path, other).Break!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_too_large_is_refused_and_the_next_one_is_not()
    {
        await using AuditLog log = _folder.Open();
        AuditEntry large = AuditFolder.Entry(0) with { Resource = new string('x', 70_000) };
        await Assert.ThrowsAsync<AuditException>(() => log.AppendAsync(large));
        await log.AppendAsync(large with { Resource = new string('x', 60_000) });
        await log.DisposeAsync();
        Assert.Equal((true, 1L), (_folder.Verify().IsIntact, _folder.Verify().Entries));
    }

    [Fact]
    public async Task Any_text_comes_through_as_one_line()
    {
        string[] texts = ["", "a\nb\r\n\0\u2028", "\"},\"mac\":\"0\"}", "\\u0041 ä 日本 😀", "{\"file\":3}"];
        await using (AuditLog log = _folder.Open())
        {
            foreach (string text in texts)
                await log.AppendAsync(new AuditEntry { Type = text, Actor = text, Action = text, Resource = text, Metadata = new Dictionary<string, string> { [text] = text, ["file"] = text } });
        }
        Assert.Equal((true, (long)texts.Length), (_folder.Verify().IsIntact, _folder.Verify().Entries));
        string[] read = [.. File.ReadLines(_folder.Files[0]).Skip(1).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("resource").GetString()!)];
        Assert.Equal(texts, read);
    }

    [Fact]
    public async Task Half_a_character_does_not_break_a_line()
    {
        await using (AuditLog log = _folder.Open())
            await log.AppendAsync(AuditFolder.Entry(0) with { Resource = "a\ud800b" });
        Assert.True(_folder.Verify().IsIntact);
        using JsonDocument line = JsonDocument.Parse(File.ReadLines(_folder.Files[0]).Last());
        Assert.Equal("a\ufffdb", line.RootElement.GetProperty("resource").GetString());
    }

    [Fact]
    public async Task Personal_data_are_taken_out_before_they_are_written()
    {
        var redactor = new PiiRedactor(PrivacyKey.FromBytes(new byte[32]));
        await using (AuditLog log = _folder.Open(new AuditOptions { Redactor = redactor }))
        {
            await log.AppendAsync(AuditFolder.Entry(0) with
            {
                Resource = "request of ann@example.org", Metadata = new Dictionary<string, string> { ["from"] = "10.20.30.40", ["box"] = "[12, 40, 200, 310]" },
            });
        }
        string line = File.ReadLines(_folder.Files[0]).Last();
        Assert.DoesNotContain("example.org", line, StringComparison.Ordinal);
        Assert.DoesNotContain("10.20.30.40", line, StringComparison.Ordinal);
        Assert.Contains("[12, 40, 200, 310]", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_can_read_a_log()
    {
        await _folder.WriteAsync(1);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(_folder.Path) & Others);
        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(_folder.Files[0]) & Others);
        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(_folder["head.json"]) & Others);
    }
}
