using System.Globalization;
using Microsoft.Data.Sqlite;
using Pixelis.Online.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests.Review;

/// <summary>What is on the disk after an end that nobody planned.</summary>
public sealed class ReviewFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_all_there_when_it_is_opened_again()
    {
        string path = _folder["review.db"];
        await using (ReviewQueue queue = ReviewQueue.Open(path))
        {
            await queue.EnqueueAsync(ReviewRequests.Of(1));
            await queue.EnqueueAsync(ReviewRequests.Of(2));
            await queue.ApproveAsync(1, "ann");
        }
        await using ReviewQueue again = ReviewQueue.Open(path);
        Assert.Equal("ann", (await again.FindAsync(1))!.Decision!.Reviewer);
        Assert.Equal(2, (await again.ClaimNextAsync("bob", ReviewRequests.Lease))!.Id);
    }

    [Fact]
    public async Task A_torn_write_at_the_end_costs_nothing_that_was_said()
    {
        await using ReviewQueue queue = ReviewQueue.Open(_folder["review.db"]);
        await queue.EnqueueAsync(ReviewRequests.Of(1));
        await queue.RejectAsync(1, "ann", "blurred");
        foreach (string file in new[] { "review.db", "review.db-wal" }) // as a crash leaves it: the log is not written back
            File.Copy(_folder[file], _folder[$"torn-{file}"]);
        await File.AppendAllBytesAsync(_folder["torn-review.db-wal"], [.. Enumerable.Repeat((byte)0x5A, 3_000)]);
        await using ReviewQueue torn = ReviewQueue.Open(_folder["torn-review.db"]);
        Assert.Equal(await queue.FindAsync(1), await torn.FindAsync(1));
        Assert.Equal(2, (await torn.EnqueueAsync(ReviewRequests.Of(2))).Id);
    }

    [Fact]
    public async Task Every_commit_is_flushed_and_what_is_deleted_is_overwritten()
    {
        await using ReviewDatabase database = ReviewDatabase.Open(_folder["review.db"]);
        foreach ((string pragma, object expected) in new (string, object)[] { ("journal_mode", "wal"), ("synchronous", 2L), ("secure_delete", 1L), ("foreign_keys", 1L) })
            Assert.Equal(expected, await database.RunAsync(c => ReviewDatabase.Command(c, $"PRAGMA {pragma}").ExecuteScalar(), writes: false, CancellationToken.None));
    }

    [Fact]
    public async Task A_killed_writer_leaves_everything_it_was_told_is_kept()
    {
        string path = _folder["review.db"];
        ChildResult result = await ChildProcess.RunAsync(
            "dotnet", [ChildProgram.Dll, "review-write", path],
            onOutput: (process, line) =>
            {
                if (line == "20")
                    process.Kill(); // SIGKILL, while it writes on
            });
        long[] told = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => long.Parse(l, CultureInfo.InvariantCulture))];
        Assert.Equal(137, result.ExitCode);
        Assert.True(told.Length >= 20, result.Error);
        await using ReviewQueue queue = ReviewQueue.Open(path);
        foreach (long experience in told)
            Assert.Equal(("writer", $"label {experience}"), ((await queue.FindAsync(experience))!.Decision!.Reviewer, (await queue.FindAsync(experience))!.Decision!.Label));
        await queue.EnqueueAsync(ReviewRequests.Of(1_000_000));
    }

    [Fact]
    public void Files_that_are_no_review_queue_are_refused_by_name()
    {
        File.WriteAllText(_folder["text.db"], string.Concat(Enumerable.Repeat("This is a text and no database. ", 200)));
        Assert.Contains("text.db", Assert.Throws<PixelisException>(() => ReviewQueue.Open(_folder["text.db"])).Message, StringComparison.Ordinal);
        Write("other.db", "CREATE TABLE things(id INTEGER)");
        Assert.EndsWith("other.db: is a database, and not of a review queue.", Assert.Throws<PixelisException>(() => ReviewQueue.Open(_folder["other.db"])).Message, StringComparison.Ordinal);
        Assert.Throws<PixelisException>(() => ReviewQueue.Open(_folder["no/such/folder/review.db"]));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        await ReviewQueue.Open(_folder["newer.db"]).DisposeAsync();
        Write("newer.db", "PRAGMA user_version = 2");
        Assert.EndsWith("newer.db: has version 2; 1 was expected. A newer Pixelis wrote it.", Assert.Throws<PixelisException>(() => ReviewQueue.Open(_folder["newer.db"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_short_is_refused()
    {
        await using (ReviewQueue queue = ReviewQueue.Open(_folder["cut.db"]))
        {
            for (int i = 1; i <= 30; i++)
                await queue.EnqueueAsync(ReviewRequests.Of(i) with { Question = new string('q', 2_000) });
        }
        using (FileStream file = File.Open(_folder["cut.db"], FileMode.Open))
            file.SetLength(file.Length / 2);
        Assert.Contains("cut.db", Assert.Throws<PixelisException>(() => ReviewQueue.Open(_folder["cut.db"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_is_disposed_says_so()
    {
        ReviewQueue queue = ReviewQueue.Open(_folder["review.db"]);
        await queue.DisposeAsync();
        await queue.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await queue.FindAsync(1));
    }

    private void Write(string file, string text)
    {
        using var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
