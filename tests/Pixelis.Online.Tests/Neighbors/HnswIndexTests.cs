using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Neighbors;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests.Neighbors;

public class HnswIndexTests
{
    private static readonly HnswOptions Small = new() { TailSize = 50, Links = 8, Construction = 60 };

    [Fact]
    public async Task Recall_is_high_without_setting_anything()
    {
        (long Id, int Tenant, float[] Vector)[] all = [.. VectorSets.Clustered(6000, 32, 1).Select((v, i) => ((long)i, i % 100 == 0 ? 1 : 0, v))];
        using var index = new HnswIndex(32, new HnswOptions { TailSize = 500 });
        await FillAsync(index, all);
        Assert.True(index.InGraph >= 5500, $"{index.InGraph} in the graph");
        float[][] queries = [.. VectorSets.Clustered(100, 32, 1).Select((v, i) => EmbeddingMixer.Mix(v, Examples.Unit(32, 90_000 + i)))];
        Assert.InRange(VectorSets.Recall(index, all, queries, 10), 0.95, 1);
        Assert.InRange(VectorSets.Recall(index, all, queries, 10, tenant: 0), 0.95, 1);
        // One vector in a hundred: all of them are looked at.
        Assert.Equal(1, VectorSets.Recall(index, all, queries, 10, tenant: 1));
    }

    [Fact]
    public async Task Vectors_at_one_place_do_not_tear_the_graph()
    {
        // Half of all lie at three places, as when many ask the same.
        float[][] places = [.. Enumerable.Range(0, 3).Select(i => Examples.Unit(16, -i - 1))];
        (long Id, int Tenant, float[] Vector)[] all = [.. VectorSets.Clustered(4000, 16, 5).Select((v, i) => ((long)i, 0, i % 2 == 0 ? places[i / 2 % 3] : v))];
        using var index = new HnswIndex(16, new HnswOptions { TailSize = 200 });
        await FillAsync(index, all);
        float[][] queries = [.. VectorSets.Clustered(60, 16, 5), .. places];
        Assert.InRange(VectorSets.Recall(index, all, queries, 10), 0.95, 1);
        Assert.Equal(1, VectorSets.Recall(index, all, places, 600));
    }

    [Fact]
    public void Any_history_leaves_what_a_list_would() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Gen.Choose(0, 59_999).ArrayOf().Resize(400).ToArbitrary(), steps =>
        {
            using var folder = new TemporaryFolder();
            var index = new HnswIndex(4, Small with { TailSize = 8 });
            var model = new SortedDictionary<long, float[]>();
            try
            {
                foreach (int step in steps)
                    index = Apply(step, index, model, folder["snapshot"]);
                float[] query = Examples.Unit(4, 777);
                Assert.Equal(model.Count, index.Count);
                var hits = new NeighborHit[9];
                int found = index.Search(query, 0, hits, isExact: true);
                // Equal vectors come in any order, so their nearness is compared.
                Assert.Equal(
                    VectorSets.Nearest(model.Select(m => (m.Key, m.Value)), query, 9).Select(id => Math.Round(VectorSets.Dot(model[id], query), 4)),
                    hits[..found].Select(h => Math.Round(VectorSets.Dot(model[h.Id], query), 4)));
                Assert.Equal(found, hits[..found].Select(h => h.Id).Distinct().Count());
                Assert.All(VectorSets.Find(index, query, 9), id => Assert.True(model.ContainsKey(id)));
            }
            finally
            {
                index.Dispose();
            }
        }));

    [Fact]
    public async Task Readers_find_everything_while_the_graph_is_made_anew()
    {
        float[][] vectors = VectorSets.Clustered(1500, 16, 3);
        using var index = new HnswIndex(16, new HnswOptions { TailSize = 100, Ef = 200 });
        for (int i = 0; i < 500; i++)
            index.Add(i, 0, vectors[i]);
        using var done = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 2).Select(r => Task.Run(() =>
        {
            int rounds = 0;
            for (; rounds == 0 || !done.IsCancellationRequested; rounds++)
            {
                int i = (r + (rounds * 7)) % 500;
                Assert.Equal(i, Assert.Single(VectorSets.Find(index, vectors[i], 1)));
            }
            return rounds;
        }))];
        for (int i = 500; i < vectors.Length; i++)
        {
            index.Add(i, 0, vectors[i]);
            Assert.Equal(i, Assert.Single(VectorSets.Find(index, vectors[i], 1)));
            if (i % 250 == 0)
                await index.RebuildAsync(thoroughly: i % 500 == 0);
        }
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), rounds => Assert.True(rounds > 0));
        Assert.Equal(vectors.Length, index.Count);
    }

    [Fact]
    public async Task What_goes_while_the_graph_is_made_stays_gone()
    {
        float[][] vectors = VectorSets.Clustered(2000, 16, 4);
        using var index = new HnswIndex(16, new HnswOptions { TailSize = 100 });
        for (int i = 0; i < vectors.Length; i++)
            index.Add(i, 0, vectors[i]);
        Task rebuild = index.RebuildAsync(thoroughly: true);
        int removed = 0;
        for (; removed < 1000 && (removed < 10 || !rebuild.IsCompleted); removed++)
            Assert.True(index.Remove(removed));
        await rebuild;
        await index.RebuildAsync();
        Assert.Equal(2000 - removed, index.Count);
        for (int i = 0; i < 2000; i += 37)
            Assert.Equal(i >= removed, VectorSets.Find(index, vectors[i], 3).Contains(i));
    }

    [Fact]
    public async Task A_cancelled_rebuild_keeps_what_was()
    {
        float[][] vectors = VectorSets.Clustered(300, 8, 4);
        using var index = new HnswIndex(8, Small);
        await FillAsync(index, [.. vectors.Select((v, i) => ((long)i, 0, v))]);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => index.RebuildAsync(true, cancelled.Token));
        Assert.Equal([7], VectorSets.Find(index, vectors[7], 1));
    }

    [Fact]
    public async Task A_snapshot_brings_back_what_the_owner_still_names()
    {
        using var folder = new TemporaryFolder();
        float[][] vectors = VectorSets.Clustered(400, 8, 6);
        using (var index = new HnswIndex(8, Small))
        {
            await FillAsync(index, [.. vectors.Select((v, i) => ((long)i, i % 3, v))]);
            await index.SaveAsync(folder["index"]);
        }
        using var loaded = new HnswIndex(8, Small);
        loaded.Load(folder["index"]);
        Assert.Equal(0, loaded.Count);
        Assert.Empty(VectorSets.Find(loaded, vectors[1], 5));
        for (int i = 0; i < 300; i++)
            loaded.Add(i, i % 3, i == 5 ? vectors[399] : vectors[i]); // the fifth is another one than the file says
        Assert.Equal(300, loaded.Count);
        Assert.Equal(299, loaded.InGraph);
        Assert.Equal([5], VectorSets.Find(loaded, vectors[399], 1));
        Assert.DoesNotContain(350, VectorSets.Find(loaded, vectors[350], 20));
        await loaded.RebuildAsync();
        Assert.Equal(300, loaded.InGraph);
        Assert.Equal([6], VectorSets.Find(loaded, vectors[6], 1, tenant: 0));
    }

    [Fact]
    public async Task A_damaged_snapshot_is_refused_wherever_it_is_damaged()
    {
        using var folder = new TemporaryFolder();
        string path = folder["index"];
        using (var index = new HnswIndex(8, Small))
        {
            await FillAsync(index, [.. VectorSets.Clustered(200, 8, 6).Select((v, i) => ((long)i, 0, v))]);
            await index.SaveAsync(path);
        }
        byte[] good = await File.ReadAllBytesAsync(path);
        using (var other = new HnswIndex(9, Small))
            Assert.Contains("expected 9", Assert.Throws<PixelisException>(() => other.Load(path)).Message, StringComparison.Ordinal);
        for (int length = 0; length < good.Length; length += 97)
        {
            await File.WriteAllBytesAsync(path, good[..length]);
            AssertRefused(path);
        }
        for (int at = 0; at < good.Length; at += at < 64 ? 1 : 101)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x41;
            await File.WriteAllBytesAsync(path, bad);
            AssertRefused(path);
        }
        await File.WriteAllBytesAsync(path, [.. good, 0]);
        AssertRefused(path);
        AssertRefused(folder["absent"]);
    }

    [Fact]
    public async Task What_was_removed_is_in_no_snapshot()
    {
        using var folder = new TemporaryFolder();
        float[][] vectors = VectorSets.Clustered(300, 8, 6);
        using var index = new HnswIndex(8, Small);
        await FillAsync(index, [.. vectors.Select((v, i) => ((long)i, 0, v))]);
        await index.SaveAsync(folder["before"]);
        for (int i = 0; i < 300; i += 3)
            index.Remove(i);
        Assert.True(index.Unscrubbed > 0);
        await index.SaveAsync(folder["after"]);
        Assert.Equal(0, index.Unscrubbed);
        byte[] before = await File.ReadAllBytesAsync(folder["before"]), after = await File.ReadAllBytesAsync(folder["after"]);
        for (int i = 0; i < 250; i++)
        {
            byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vectors[i]).ToArray();
            Assert.True(before.AsSpan().IndexOf(bytes) >= 0, $"vector {i} before");
            Assert.Equal(i % 3 != 0, after.AsSpan().IndexOf(bytes) >= 0);
        }
        Assert.InRange(VectorSets.Recall(index, [.. vectors.Select((v, i) => ((long)i, 0, v)).Where(v => v.Item1 % 3 != 0)], vectors, 5), 0.95, 1);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (HnswOptions bad in new[] { Small with { Links = 1 }, Small with { Construction = 1 }, Small with { Ef = -1 }, Small with { TailSize = 0 }, Small with { BuildThreads = 0 }, Small with { TargetRecall = 1 } })
            Assert.Throws<PixelisException>(() => new HnswIndex(8, bad));
    }

    [Fact]
    public void A_closed_index_says_so()
    {
        var index = new HnswIndex(8, Small);
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Add(1, 0, Examples.Unit(8, 1)));
    }

    private static async Task FillAsync(HnswIndex index, (long Id, int Tenant, float[] Vector)[] all)
    {
        foreach ((long id, int tenant, float[] vector) in all)
            index.Add(id, tenant, vector);
        await index.RebuildAsync();
    }

    private static void AssertRefused(string path)
    {
        using var index = new HnswIndex(8, Small);
        PixelisException problem = Assert.Throws<PixelisException>(() => index.Load(path));
        Assert.Contains(Path.GetFileName(path), problem.Message, StringComparison.Ordinal);
        index.Add(1, 0, Examples.Unit(8, 1));
        Assert.Equal([1], VectorSets.Find(index, Examples.Unit(8, 1), 3));
    }

    private static HnswIndex Apply(int step, HnswIndex index, SortedDictionary<long, float[]> model, string path)
    {
        long id = step / 30 % 100;
        switch (step % 30)
        {
            case 0:
                index.RebuildAsync(thoroughly: id % 2 == 0).Wait();
                break;
            case 1:
                index.SaveAsync(path).Wait();
                index.Dispose();
                index = new HnswIndex(4, Small with { TailSize = 8 });
                if (File.Exists(path))
                    index.Load(path);
                foreach ((long key, float[] vector) in model)
                    index.Add(key, 0, vector);
                break;
            case < 10:
                Assert.Equal(model.Remove(id), index.Remove(id));
                break;
            default:
                // Ids are never used again: a removed one comes back under its own vector at most.
                model.TryAdd(id, Examples.Unit(4, (int)(id / 2)));
                index.Add(id, 0, model[id]);
                break;
        }
        return index;
    }
}
