using System.Collections.Concurrent;
using System.Globalization;
using Pixelis.Online.Storage;
using Pixelis.Online.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests;

/// <summary>Kills, torn files, full disks.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_kill_at_any_moment_loses_nothing_that_was_acknowledged()
    {
        var added = new ConcurrentDictionary<long, string>();
        var erasing = new ConcurrentDictionary<long, bool>();
        var erased = new ConcurrentDictionary<long, bool>();
        foreach (int lines in new[] { 1, 3, 40, 150, 333 })
        {
            int told = 0;
            ChildResult killed = await RunChildAsync("experience-write", (process, line) =>
            {
                string[] words = line.Split(' ');
                long id = words.Length > 1 ? long.Parse(words[1], CultureInfo.InvariantCulture) : 0;
                _ = words[0] switch
                {
                    "added" => added.TryAdd(id, words[2]),
                    "erasing" => erasing.TryAdd(id, true),
                    "erased" => erased.TryAdd(id, true),
                    _ => true,
                };
                if (++told == lines)
                    process.Kill();
            });
            Assert.Equal(137, killed.ExitCode);
            await using ExperienceBuffer buffer = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options);
            await AssertAllThereAsync(buffer, added, erasing, erased);
        }
        Assert.True(added.Count > 100 && !erased.IsEmpty, $"{added.Count} added, {erased.Count} erased");
    }

    [Fact]
    public async Task A_second_process_is_refused_until_the_first_ends()
    {
        string? problem = null, holder = null;
        await RunChildAsync("experience-hold", (process, _) =>
        {
            (problem, holder) = (Record.Exception(() => ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options))?.Message, $"process {process.Id}");
            process.Kill();
        });
        Assert.Contains(holder!, problem, StringComparison.Ordinal);
        await ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options).DisposeAsync();
    }

    [Fact]
    public async Task A_torn_log_keeps_what_came_before_the_tear()
    {
        const int count = 30;
        await using (ExperienceBuffer buffer = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options))
        {
            for (int i = 0; i < count; i++)
                await buffer.AddAsync(Examples.Experience($"r{i}", ExperienceChild.Dimension, i));
            (await ChildProcess.RunAsync("cp", ["-r", _folder["store"], _folder["copy"]])).Succeeded();
        }
        byte[] log = await File.ReadAllBytesAsync(_folder["copy/experience.db-wal"]);
        long least = 0;
        for (int tenth = 2; tenth <= 10; tenth++)
        {
            string torn = _folder[$"torn{tenth}"];
            (await ChildProcess.RunAsync("cp", ["-r", _folder["copy"], torn])).Succeeded();
            File.Delete(Path.Combine(torn, "experience.db-shm"));
            await File.WriteAllBytesAsync(Path.Combine(torn, "experience.db-wal"), log[..(log.Length * tenth / 10)]);
            await using ExperienceBuffer buffer = ExperienceBuffer.Open(torn, ExperienceChild.Options);
            long found = await buffer.CountAsync();
            Assert.InRange(found, least, tenth == 10 ? count : count - 1);
            least = found;
            for (int i = 0; i < found; i++)
                Assert.Equal($"r{i}", (await buffer.FindAsync(i + 1))!.RequestId);
            Assert.Equal(found, (await buffer.FindNearestAsync(Examples.Unit(ExperienceChild.Dimension, 1), 100, "default")).Count);
            await buffer.AddAsync(Examples.Experience("after", ExperienceChild.Dimension, 99));
        }
        Assert.Equal(count, least);
    }

    [Fact]
    public async Task A_torn_index_is_made_anew()
    {
        await FillAsync(120);
        string index = _folder["store/neighbors.index"];
        byte[] good = await File.ReadAllBytesAsync(index);
        foreach (byte[] bad in new[] { [], good[..100], good[..(good.Length / 2)], [.. good[..^1], (byte)(good[^1] ^ 1)] })
        {
            await File.WriteAllBytesAsync(index, bad);
            var log = new LogLines();
            await using (ExperienceBuffer buffer = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options with { Logger = log }))
            {
                Assert.Contains(log.Lines, line => line.Contains("made anew", StringComparison.Ordinal) && line.Contains("neighbors.index", StringComparison.Ordinal));
                Assert.Equal(120, (await buffer.FindNearestAsync(Examples.Unit(ExperienceChild.Dimension, 1), 500, "default")).Count);
                await buffer.RebuildIndexAsync();
            }
            var later = new LogLines();
            await ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options with { Logger = later }).DisposeAsync();
            Assert.Empty(later.Lines);
        }
    }

    [Fact]
    public async Task A_damaged_database_is_told_and_never_crashes()
    {
        await FillAsync(200);
        string database = _folder["store/experience.db"];
        byte[] good = await File.ReadAllBytesAsync(database);
        int problems = 0;
        for (int at = 0; at < 40; at++)
        {
            byte[] bad = [.. good];
            var random = new Random(at);
            random.NextBytes(bad.AsSpan(at == 0 ? 0 : random.Next(bad.Length - 3000), at == 0 ? 100 : 3000));
            await File.WriteAllBytesAsync(database, at == 1 ? good[..(good.Length / 3)] : bad);
            try
            {
                await using ExperienceBuffer buffer = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options);
                await buffer.SampleAsync(1000, 1);
                await buffer.AddAsync(Examples.Experience("after", ExperienceChild.Dimension, 99));
                for (int id = 1; id <= 200; id++)
                    await buffer.FindAsync(id);
            }
            catch (PixelisException e)
            {
                problems++;
                Assert.Contains("experience.db", e.Message, StringComparison.Ordinal);
            }
            File.Delete(database + "-wal");
            File.Delete(database + "-shm");
        }
        Assert.InRange(problems, 2, 40);
        await File.WriteAllBytesAsync(database, good);
        await using ExperienceBuffer whole = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options);
        Assert.Equal(200, await whole.CountAsync());
    }

    [Fact]
    public async Task A_database_that_may_not_grow_refuses_and_goes_on()
    {
        await using ExperienceBuffer buffer = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options with { MostPages = 120 });
        await FillUntilFullAsync(buffer);
    }

    [FullDiskFact]
    public async Task A_full_disk_loses_nothing_and_is_survived()
    {
        using var disk = new SmallDisk(2);
        long kept;
        await using (ExperienceBuffer buffer = ExperienceBuffer.Open(disk.Path, ExperienceChild.Options))
        {
            kept = await FillUntilFullAsync(buffer);
            disk.Resize(16);
            await AddAsync(buffer, 0);
        }
        await using ExperienceBuffer again = ExperienceBuffer.Open(disk.Path, ExperienceChild.Options);
        Assert.Equal(kept + 1, await again.CountAsync());
    }

    private static ValueTask<Experience> AddAsync(ExperienceBuffer buffer, int i) =>
        buffer.AddAsync(Examples.Experience($"r{i}", ExperienceChild.Dimension, i) with { Question = new string('q', 20_000) });

    private static async Task<long> FillUntilFullAsync(ExperienceBuffer buffer)
    {
        var ids = new List<long>();
        ExperienceStoreException? full = null;
        for (int i = 0; i < 2000 && full is null; i++)
        {
            try
            {
                ids.Add((await AddAsync(buffer, i)).Id);
            }
            catch (ExperienceStoreException e)
            {
                full = e;
            }
        }
        Assert.NotNull(full);
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        Assert.Contains("not kept", full.Message, StringComparison.Ordinal);
        Assert.InRange(ids.Count, 3, 1999);
        Assert.Equal(ids.Count, await buffer.CountAsync());
        foreach (long id in ids)
            Assert.Equal(20_000, (await buffer.FindAsync(id))!.Question.Length);
        return ids.Count;
    }

    private static async Task AssertAllThereAsync(
        ExperienceBuffer buffer, ConcurrentDictionary<long, string> added, ConcurrentDictionary<long, bool> erasing, ConcurrentDictionary<long, bool> erased)
    {
        foreach ((long id, string request) in added)
        {
            Experience? found = await buffer.FindAsync(id);
            if (erased.ContainsKey(id))
                Assert.Null(found);
            else if (!erasing.ContainsKey(id))
                Assert.Equal((request, $"question of {request}"), (found?.RequestId, found?.Question));
        }
        IReadOnlyList<Experience> all = await buffer.SampleAsync(100_000, 1);
        Assert.Equal(await buffer.CountAsync(), all.Count);
        var near = await buffer.FindNearestAsync(Examples.Unit(ExperienceChild.Dimension, 1), 10_000, "default");
        Assert.Equal(all.Select(e => e.Id).Order(), near.Select(n => n.Experience.Id).Order());
    }

    private async Task FillAsync(int count)
    {
        await using ExperienceBuffer buffer = ExperienceBuffer.Open(_folder["store"], ExperienceChild.Options);
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => buffer.AddAsync(Examples.Experience($"r{i}", ExperienceChild.Dimension, i)).AsTask()));
        await buffer.RebuildIndexAsync();
    }

    private Task<ChildResult> RunChildAsync(string verb, Action<System.Diagnostics.Process, string> onOutput) =>
        ChildProcess.RunAsync("dotnet", [ChildProgram.Dll, verb, _folder["store"]], onOutput: onOutput);
}
