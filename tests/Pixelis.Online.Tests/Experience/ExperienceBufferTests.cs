using Microsoft.Data.Sqlite;
using Pixelis.Online.Storage;
using Pixelis.TestKit;
using Pixelis.Tools;

namespace Pixelis.Online.Tests;

public sealed class ExperienceBufferTests : ExperienceBufferConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _made;

    public void Dispose() => _folder.Dispose();

    private protected override IExperienceBuffer Create(ExperienceBufferOptions options) => ExperienceBuffer.Open(_folder[$"store{_made++}"], options);

    private protected override ValueTask<long> PruneAsync(IExperienceBuffer buffer) => ((ExperienceBuffer)buffer).PruneAsync();

    [Fact]
    public async Task Everything_is_there_when_it_is_opened_again()
    {
        var ids = new List<long>();
        await using (ExperienceBuffer buffer = Open())
        {
            for (int i = 0; i < 300; i++)
                ids.Add((await buffer.AddAsync(One($"r{i}", i) with { Tenant = $"t{i % 3}" })).Id);
            await buffer.RelabelAsync(ids[4], "new", LabelSource.Person, 1, 9);
            await buffer.RecordVersionAsync("v1", [ids[4]]);
            await buffer.RebuildIndexAsync();
        }
        Assert.True(File.Exists(_folder["store/neighbors.index"]));
        // The length of embeddings is the store's.
        await using ExperienceBuffer again = ExperienceBuffer.Open(_folder["store"], Options with { Dimension = 0 });
        Assert.Equal((Dimension, 300L), (again.Dimension, await again.CountAsync()));
        Assert.Equal("new", (await again.FindAsync(ids[4]))!.Label);
        LabelChange before = Assert.Single(again.Reader.LabelHistory(ids[4]));
        Assert.Equal((Time.Now, "label of r4", LabelSource.Vote, 0.8, 1.0), (before.ReplacedAt, before.Label, before.Source, before.Confidence, before.Priority));
        Assert.Equal([ids[4]], await again.ExperiencesOfAsync("v1"));
        for (int i = 0; i < 300; i += 7)
            Assert.Equal(ids[i], (await again.FindNearestAsync(Examples.Unit(Dimension, i), 1, $"t{i % 3}")).Single().Experience.Id);
    }

    [Fact]
    public async Task One_process_writes_and_others_may_read()
    {
        await using ExperienceBuffer buffer = Open();
        await buffer.AddAsync(One("a") with { Tenant = "red" });
        await buffer.RecordVersionAsync("v1", [1]);
        string problem = Assert.Throws<ExperienceStoreException>(() => Open()).Message;
        Assert.Contains($"process {Environment.ProcessId}", problem, StringComparison.Ordinal);
        using ExperienceReader reader = ExperienceReader.Open(_folder["store"]);
        Assert.Equal((1L, 1L, 0L, Dimension), (reader.Count(), reader.Count("red"), reader.Count("blue"), reader.Dimension));
        Assert.Equal(["red"], reader.Tenants());
        Assert.Equal(["v1"], reader.Versions());
        Assert.Equal([1L], reader.ExperiencesOf("v1"));
        Assert.Equal("a", reader.Find(1)!.RequestId);
        await buffer.AddAsync(One("b"));
        Assert.Equal(2, reader.Count());
        Assert.Contains("no store", Assert.Throws<ExperienceStoreException>(() => ExperienceReader.Open(_folder["nowhere"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_kept_once_and_go_with_the_last_who_shows_them()
    {
        PixelImage shared = Examples.Picture(1), own = Examples.Picture(2);
        await using ExperienceBuffer buffer = Open();
        long first = (await buffer.AddAsync(One("a") with { Subject = "them", Episodes = [Examples.Episode("e1", shared, own), Examples.Episode("e2", shared)] })).Id;
        long second = (await buffer.AddAsync(One("b") with { Episodes = [Examples.Episode("e3", shared)] })).Id;
        Assert.Equal(2, Pictures(buffer));
        NumberedVisual[] media = [.. (await buffer.FindAsync(first))!.Episodes[0].Media];
        Assert.Equal([shared.ContentHash, own.ContentHash], media.Select(m => m.Image!.ContentHash));
        Assert.Equal((28, "question"), (media[0].SeenWidth, media[0].Origin));
        await buffer.EraseAsync("them");
        Assert.Equal(1, Pictures(buffer));
        Assert.Single((await buffer.FindAsync(second))!.Episodes[0].Media);
        Time.Advance(TimeSpan.FromDays(200));
        await buffer.PruneAsync();
        Assert.Equal(0, Pictures(buffer));
    }

    [Fact]
    public async Task Clips_come_back_frame_by_frame()
    {
        var clip = new VideoClip([.. Enumerable.Range(0, 3).Select(i => new VideoFrame(Examples.Picture(i), i * 5, TimeSpan.FromSeconds(i)))], 1, "film.mp4");
        await using ExperienceBuffer buffer = Open();
        long id = (await buffer.AddAsync(One("a") with { Episodes = [Examples.ClipEpisode("e", clip)] })).Id;
        VideoClip found = (await buffer.FindAsync(id))!.Episodes[0].Media.Single().Clip!;
        Assert.Equal(clip.Frames.Select(f => (f.Image.ContentHash, f.SourceIndex, f.Timestamp)), found.Frames.Select(f => (f.Image.ContentHash, f.SourceIndex, f.Timestamp)));
    }

    [Fact]
    public async Task Another_length_another_program_and_a_newer_version_are_refused()
    {
        await Open().DisposeAsync();
        Assert.Contains("length 8, not 9", Assert.Throws<ExperienceStoreException>(() => ExperienceBuffer.Open(_folder["store"], Options with { Dimension = 9 })).Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ExperienceBufferOptions.Dimension), Assert.Throws<ExperienceStoreException>(() => ExperienceBuffer.Open(_folder["new"])).Message, StringComparison.Ordinal);
        Change(_folder["store"], "PRAGMA user_version=99");
        Assert.Contains("newer version", Assert.Throws<ExperienceStoreException>(() => Open()).Message, StringComparison.Ordinal);
        Change(_folder["store"], "PRAGMA user_version=1; PRAGMA application_id=7");
        Assert.Contains("another program", Assert.Throws<ExperienceStoreException>(() => Open()).Message, StringComparison.Ordinal);
        // Refusals let go of the store.
        Change(_folder["store"], "PRAGMA application_id=1347962178");
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task A_bad_change_takes_no_other_with_it()
    {
        var files = new StoreFiles(Directory.CreateDirectory(_folder["w"]).FullName);
        SqliteConnection connection = files.OpenWriter(0);
        connection.Run("CREATE TABLE t (x INTEGER PRIMARY KEY)");
        using var gate = new ManualResetEventSlim();
        var told = new List<long>();
        await using (var writer = new StoreWriter(files, connection, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance))
        {
            // While the first waits, the others gather and are committed together.
            Task<int> first = writer.ChangeAsync(_ => { gate.Wait(); return 0; });
            Task<long>[] rest = [.. new long[] { 1, 2, 2, 3 }.Select(x => writer.ChangeAsync(
                c => { c.Run("INSERT INTO t VALUES ($1)", x); return x; }, done => { lock (told) told.Add(done); }))];
            using var withdrawn = new CancellationTokenSource();
            Task<int> never = writer.ChangeAsync(c => c.Run("INSERT INTO t VALUES (9)"), cancellationToken: withdrawn.Token);
            await withdrawn.CancelAsync();
            gate.Set();
            await first;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
            Assert.Equal(6, await rest[0] + await rest[1] + await rest[3]);
            await Assert.ThrowsAsync<ExperienceStoreException>(() => rest[2]);
        }
        Assert.Equal([1, 2, 3], told);
        using SqliteConnection reader = files.OpenReader();
        Assert.Equal([1L, 2L, 3L], reader.All("SELECT x FROM t ORDER BY x", r => r.GetInt64(0)));
    }

    [Fact]
    public async Task A_closed_buffer_says_so()
    {
        ExperienceBuffer buffer = Open();
        await buffer.DisposeAsync();
        await buffer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await buffer.AddAsync(One("a")));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await buffer.CountAsync());
    }

    private static long Pictures(ExperienceBuffer buffer) => buffer.Reader.Read(c => c.One<long>("SELECT count(*) FROM picture"));

    private static void Change(string folder, string text)
    {
        using SqliteConnection connection = new StoreFiles(folder).OpenWriter(0);
        connection.Run(text);
    }

    private ExperienceBuffer Open() => ExperienceBuffer.Open(_folder["store"], Options);
}
