using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Audit;

namespace Pixelis.Online.Tests.Audit;

/// <summary>Everything that somebody without the key could do to a log, and that it is seen.</summary>
public sealed class AuditTamperingTests : IAsyncLifetime
{
    private readonly AuditFolder _folder = new();

    public async Task InitializeAsync()
    {
        await _folder.WriteAsync(40, new AuditOptions { MaxFileBytes = 4096 });
        Assert.True(_folder.Files.Length >= 3);
        Assert.True(_folder.Verify().IsIntact);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void A_changed_byte_is_seen_wherever_it_is() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(
            (from file in Gen.Choose(0, _folder.Files.Length)
             from place in Gen.Choose(0, 1_000_000)
             from bit in Gen.Choose(0, 7)
             select (file, place, bit)).ToArbitrary(),
            change =>
            {
                string path = change.file < _folder.Files.Length ? _folder.Files[change.file] : _folder["head.json"];
                byte[] good = File.ReadAllBytes(path), bad = [.. good];
                bad[change.place % bad.Length] ^= (byte)(1 << change.bit);
                File.WriteAllBytes(path, bad);
                AuditReport report = _folder.Verify();
                File.WriteAllBytes(path, good);
                Assert.False(report.IsIntact, $"{Path.GetFileName(path)}, byte {change.place % bad.Length}, bit {change.bit}");
                Assert.Equal(Path.GetFileName(path), report.Break!.File);
            }));

    [Fact]
    public void The_break_is_where_the_change_is()
    {
        Change(1, lines => lines[3] = lines[3].Replace("apply", "block", StringComparison.Ordinal));
        AuditBreak found = _folder.Verify().Break!;
        Assert.Equal(("audit-00000002.jsonl", 4L), (found.File, found.Line));
        Assert.Contains("it was changed", found.Reason, StringComparison.Ordinal);
        Assert.StartsWith("audit-00000002.jsonl, line 4: ", found.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    public void A_deleted_line_is_seen(int file, int line)
    {
        Change(file, lines => lines.RemoveAt(line));
        Assert.False(_folder.Verify().IsIntact);
        Assert.Equal(line + 1, _folder.Verify().Break!.Line);
    }

    [Fact]
    public void Swapped_and_doubled_lines_are_seen()
    {
        Change(1, lines => (lines[2], lines[3]) = (lines[3], lines[2]));
        Assert.Contains("missing, doubled or moved", _folder.Verify().Break!.Reason, StringComparison.Ordinal);
        Change(1, lines => (lines[2], lines[3]) = (lines[3], lines[2]));
        Assert.True(_folder.Verify().IsIntact);
        Change(1, lines => lines.Insert(2, lines[2]));
        Assert.Equal(4, _folder.Verify().Break!.Line);
    }

    [Fact]
    public async Task A_line_of_another_log_with_the_same_key_is_seen()
    {
        using var other = new AuditFolder();
        other.Time.Advance(60);
        await other.WriteAsync(3);
        string foreign = File.ReadAllLines(other.Files[0])[2];
        Change(0, lines => lines[2] = foreign);
        Assert.Equal(3, _folder.Verify().Break!.Line);
    }

    [Fact]
    public void A_missing_file_is_seen_first_middle_or_last()
    {
        foreach (string file in _folder.Files)
        {
            byte[] content = File.ReadAllBytes(file);
            File.Delete(file);
            AuditReport report = _folder.Verify();
            Assert.False(report.IsIntact);
            Assert.Equal(Path.GetFileName(file), report.Break!.File);
            File.WriteAllBytes(file, content);
        }
        Assert.True(_folder.Verify().IsIntact);
    }

    [Fact]
    public void A_missing_file_is_seen_when_the_later_ones_are_renamed()
    {
        File.Delete(_folder.Files[1]);
        File.Move(_folder.Files[1], _folder["audit-00000002.jsonl"]);
        Assert.Equal(("audit-00000002.jsonl", 1L), (_folder.Verify().Break!.File, _folder.Verify().Break!.Line));
    }

    [Fact]
    public void A_tail_that_was_cut_off_is_seen_whole_lines_or_not()
    {
        string file = _folder.Files[^1];
        byte[] content = File.ReadAllBytes(file);
        for (int left = content.Length - 1; left >= 0; left -= 7)
        {
            File.WriteAllBytes(file, content[..left]);
            Assert.False(_folder.Verify().IsIntact, $"{left} of {content.Length} bytes");
        }
        Change(file, lines => lines.RemoveAt(lines.Count - 1));
        Assert.False(_folder.Verify().IsIntact);
        File.WriteAllBytes(file, [.. content[..(Array.LastIndexOf(content, (byte)'\n', content.Length - 2) + 1)]]);
        Assert.Contains("the end was cut off", _folder.Verify().Break!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_log_is_not_continued()
    {
        string file = _folder.Files[^1];
        byte[] content = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. content[..(Array.LastIndexOf(content, (byte)'\n', content.Length - 2) + 1)]]);
        Assert.Contains("vouches for", Assert.Throws<AuditException>(() => _folder.Open()).Message, StringComparison.Ordinal);
        File.WriteAllBytes(file, content);
        File.Delete(_folder["head.json"]);
        Assert.Contains("no head", Assert.Throws<AuditException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_head_is_seen()
    {
        File.Delete(_folder["head.json"]);
        Assert.Equal(("head.json", 0L), (_folder.Verify().Break!.File, _folder.Verify().Break!.Line));
    }

    [Fact]
    public async Task An_old_head_is_seen_when_the_log_is_longer_than_a_crash_can_leave_it()
    {
        byte[] old = File.ReadAllBytes(_folder["head.json"]);
        await using (AuditLog log = _folder.Open())
            await Task.WhenAll(Enumerable.Range(0, AuditLog.MostTogether + 2).Select(i => log.AppendAsync(AuditFolder.Entry(i))));
        Assert.True(_folder.Verify().IsIntact);
        File.WriteAllBytes(_folder["head.json"], old);
        Assert.Contains("an older head was put back", _folder.Verify().Break!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_put_back_with_its_head_is_seen_by_an_anchor_only()
    {
        using AuditFolder old = _folder.Copy();
        await _folder.WriteAsync(2, new AuditOptions { MaxFileBytes = 4096 });
        Assert.True(old.Verify().IsIntact); // what nobody can tell without an anchor
        AuditReport anchored = old.Verify(_folder["head.json"]);
        Assert.Contains("the anchor vouches for", anchored.Break!.Reason, StringComparison.Ordinal);
        Assert.True(_folder.Verify(old["head.json"]).IsIntact);
        Assert.True(_folder.Verify(_folder["head.json"]).IsIntact);
    }

    [Fact]
    public async Task A_log_that_went_on_from_an_older_state_is_seen_by_an_anchor()
    {
        using AuditFolder fork = _folder.Copy();
        await _folder.WriteAsync(2, new AuditOptions { MaxFileBytes = 4096 });
        fork.Time.Advance(1000);
        await fork.WriteAsync(5, new AuditOptions { MaxFileBytes = 4096 });
        Assert.True(fork.Verify().IsIntact);
        Assert.Contains("not the line that the anchor vouches for", fork.Verify(_folder["head.json"]).Break!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_appends_is_told_and_set_aside_and_never_part_of_the_log()
    {
        File.AppendAllText(_folder.Files[^1], "{\"seq\":99,\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"forged\",\"mac\":\"00\"}\n");
        long before = _folder.Verify().Lines;
        Assert.True(_folder.Verify().UnfinishedBytes > 0);
        await _folder.WriteAsync(1);
        AuditReport after = _folder.Verify();
        Assert.Equal((true, before + 2, 0L), (after.IsIntact, after.Lines, after.UnfinishedBytes));
        Assert.Contains("forged", File.ReadAllText(Directory.EnumerateFiles(_folder.Path, "torn-*").Single()), StringComparison.Ordinal);
        Assert.DoesNotContain("forged", string.Concat(_folder.Files.Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    private void Change(int file, Action<List<string>> change) => Change(_folder.Files[file], change);

    private static void Change(string file, Action<List<string>> change)
    {
        List<string> lines = [.. File.ReadAllLines(file)];
        change(lines);
        File.WriteAllText(file, string.Concat(lines.Select(l => l + "\n")));
    }
}
