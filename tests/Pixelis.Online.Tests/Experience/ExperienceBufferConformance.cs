using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests;

/// <summary>What every buffer promises.</summary>
public abstract class ExperienceBufferConformance
{
    private protected const int Dimension = 8;

    private protected ManualTime Time { get; } = new(firesTimers: false);

    private protected ExperienceBufferOptions Options => new() { Dimension = Dimension, Time = Time, Neighbors = new() { TailSize = 64, Construction = 40 } };

    private protected abstract IExperienceBuffer Create(ExperienceBufferOptions options);

    private protected abstract ValueTask<long> PruneAsync(IExperienceBuffer buffer);

    private protected static Experience One(string request, int seed = 1) => Examples.Experience(request, Dimension, seed);

    [Fact]
    public async Task What_is_added_is_found_as_it_was()
    {
        await using IExperienceBuffer buffer = Create(Options);
        PixelImage picture = Examples.Picture(1);
        Experience given = One("a") with
        {
            Tenant = "blue", Subject = "hash", Answer = null, Confidence = 0.25, Priority = 3.5, Uses = 4, Successes = 3,
            PolicyVersion = "v7", Provenance = "file:12", LabelSource = LabelSource.Person, Episodes = [Examples.Episode("e1", picture), Examples.Episode("e2")],
        };
        Experience added = await buffer.AddAsync(given);
        Assert.True(added.Id > 0);
        Assert.Equal(Time.Now, added.CreatedAt);
        Experience found = (await buffer.FindAsync(added.Id))!;
        Assert.Equal(given.Embedding.ToArray(), found.Embedding.ToArray());
        Assert.Equal(given with { Id = added.Id, CreatedAt = Time.Now, Embedding = default, Episodes = [] }, found with { Embedding = default, Episodes = [] });
        Assert.Equal(["e1", "e2"], found.Episodes.Select(e => e.Id));
        Assert.Equal("thoughts of e1", found.Episodes[0].Turns[0].Text);
        Assert.Equal(picture.ContentHash, found.Episodes[0].Media.Single(m => m.Origin == "question").Image!.ContentHash);
        Assert.Null(await buffer.FindAsync(added.Id + 1));
        Assert.Equal((1L, 1L, 0L), (await buffer.CountAsync(), await buffer.CountAsync("blue"), await buffer.CountAsync("red")));
    }

    [Fact]
    public async Task The_newest_of_a_name_is_found_whole()
    {
        await using IExperienceBuffer buffer = Create(Options);
        await buffer.AddAsync(One("a"));
        Experience newest = await buffer.AddAsync(One("a", 2) with { Episodes = [Examples.Episode("e1", Examples.Picture(1))] });
        await buffer.AddAsync(One("b"));
        Experience found = (await buffer.FindByRequestAsync("a"))!;
        Assert.Equal(newest.Id, found.Id);
        Assert.Contains(Assert.Single(found.Episodes).Media, m => m.Origin == "question");
        Assert.Null(await buffer.FindByRequestAsync("A"));
    }

    [Fact]
    public async Task Neighbours_are_the_tenants_nearest_first()
    {
        await using IExperienceBuffer buffer = Create(Options);
        var ids = new List<long>();
        for (int i = 0; i < 200; i++)
            ids.Add((await buffer.AddAsync(One($"r{i}", i) with { Tenant = i % 4 == 0 ? "red" : "blue", Episodes = [Examples.Episode("e")] })).Id);
        float[] query = Examples.Unit(Dimension, 12);
        IReadOnlyList<Neighbor> near = await buffer.FindNearestAsync(query, 5, "red");
        long[] expected = Neighbors.VectorSets.Nearest(Enumerable.Range(0, 50).Select(i => (ids[i * 4], Examples.Unit(Dimension, i * 4))), query, 5);
        Assert.Equal(expected, near.Select(n => n.Experience.Id));
        Assert.Equal("r12", near[0].Experience.RequestId);
        Assert.Equal(1, near[0].Similarity, 1e-5);
        Assert.All(near, n => Assert.Empty(n.Experience.Episodes));
        Assert.Equal(50, (await buffer.FindNearestAsync(query, 1000, "red")).Count);
        Assert.Empty(await buffer.FindNearestAsync(query, 5, "green"));
        Assert.Empty(await buffer.FindNearestAsync(query, 0, "red"));
    }

    [Fact]
    public async Task A_label_can_be_replaced_and_votes_are_counted()
    {
        await using IExperienceBuffer buffer = Create(Options);
        long id = (await buffer.AddAsync(One("a"))).Id;
        Assert.True(await buffer.RelabelAsync(id, "seven", LabelSource.Person, 1, 2.5));
        Assert.False(await buffer.RelabelAsync(id + 1, "seven", LabelSource.Person, 1, 2.5));
        await buffer.RecordUseAsync([(id, true), (id, false), (id + 1, true), (id, true)]);
        Experience found = (await buffer.FindAsync(id))!;
        Assert.Equal(("seven", LabelSource.Person, 1.0, 2.5, 3L, 2L), (found.Label, found.LabelSource, found.Confidence, found.Priority, found.Uses, found.Successes));
        Assert.True(await buffer.RelabelAsync(id, null, LabelSource.None, 0, 1));
        Assert.Null((await buffer.FindAsync(id))!.Label);
    }

    [Fact]
    public async Task Sampling_prefers_priority_and_success_and_repeats_itself()
    {
        await using IExperienceBuffer buffer = Create(Options);
        Experience heavy = await buffer.AddAsync(One("heavy") with { Priority = 3 });
        Experience light = await buffer.AddAsync(One("light") with { Priority = 1 });
        await buffer.AddAsync(One("unlabelled") with { Label = null, LabelSource = LabelSource.None, Priority = 100 });
        int drawn = 0;
        for (ulong seed = 0; seed < 400; seed++)
            drawn += (await buffer.SampleAsync(1, seed)).Single().Id == heavy.Id ? 1 : 0;
        Assert.InRange(drawn, 280, 320); // 3 / (3 + 1); the seeds are the same on every run
        // Three of three right leaves 1, none of three makes it 0.7: 3 * 0.7 / (3 * 0.7 + 1).
        await buffer.RecordUseAsync([(heavy.Id, false), (heavy.Id, false), (heavy.Id, false), (light.Id, true)]);
        drawn = 0;
        for (ulong seed = 0; seed < 400; seed++)
            drawn += (await buffer.SampleAsync(1, seed)).Single().Id == heavy.Id ? 1 : 0;
        Assert.InRange(drawn, 251, 291);
        Assert.Equal((await buffer.SampleAsync(2, 5)).Select(e => e.Id), (await buffer.SampleAsync(2, 5)).Select(e => e.Id));
        Assert.Equal([heavy.Id, light.Id], (await buffer.SampleAsync(10, 9)).Select(e => e.Id).Order());
        Assert.Empty(await buffer.SampleAsync(10, 9, "red"));
        Assert.Empty(await buffer.SampleAsync(0, 9));
    }

    [Fact]
    public async Task What_waits_to_be_learnt_is_noted_until_it_waits_no_more_or_is_gone()
    {
        await using IExperienceBuffer buffer = Create(Options);
        long[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => (await buffer.AddAsync(One($"r{i}", i) with { Subject = i == 2 ? "them" : null })).Id))];
        Assert.Empty(await buffer.PendingAsync());
        await buffer.SetPendingAsync([ids[2], ids[0], ids[3], ids[0], 999], true);
        await buffer.SetPendingAsync([], true);
        Assert.Equal(new[] { ids[0], ids[2], ids[3] }.Order(), await buffer.PendingAsync());
        await buffer.SetPendingAsync([ids[3], ids[1]], false);
        await buffer.RecordVersionAsync("v2", [ids[0]]); // which may not be pointed to yet
        await buffer.EraseAsync("them");
        Assert.Equal([ids[0]], await buffer.PendingAsync());
    }

    [Fact]
    public async Task A_person_is_forgotten_and_what_learnt_from_them_is_named()
    {
        await using IExperienceBuffer buffer = Create(Options with { Capacity = 300 });
        var theirs = new List<long>();
        for (int i = 0; i < 150; i++)
        {
            Experience added = await buffer.AddAsync(One($"r{i}", i) with { Subject = i % 10 == 0 ? "them" : i % 10 == 1 ? "other" : null });
            if (i % 10 == 0)
                theirs.Add(added.Id);
        }
        await buffer.RecordVersionAsync("v2", [theirs[0], theirs[1] + 1]);
        await buffer.RecordVersionAsync("v1", [theirs[3]]);
        await buffer.RecordVersionAsync("v1", [theirs[3], theirs[4]]);
        await buffer.RecordVersionAsync("v3", [theirs[0] + 1]);
        Erasure erasure = await buffer.EraseAsync("them");
        Assert.Equal(theirs, erasure.Experiences);
        Assert.Equal(["v1", "v2"], erasure.Versions);
        Assert.Equal(135, await buffer.CountAsync());
        Assert.Null(await buffer.FindAsync(theirs[2]));
        Assert.DoesNotContain(await buffer.FindNearestAsync(Examples.Unit(Dimension, 20), 135, "default"), n => n.Experience.Subject == "them");
        Assert.Equal(135, (await buffer.FindNearestAsync(Examples.Unit(Dimension, 20), 500, "default")).Count);
        Assert.Equal([theirs[3], theirs[4]], await buffer.ExperiencesOfAsync("v1"));
        Assert.Empty(await buffer.ExperiencesOfAsync("v9"));
        Erasure again = await buffer.EraseAsync("them");
        Assert.Empty(again.Experiences);
        Assert.Empty(again.Versions);
    }

    [Fact]
    public async Task Versions_are_named_although_retention_came_first()
    {
        await using IExperienceBuffer buffer = Create(Options);
        long id = (await buffer.AddAsync(One("a") with { Subject = "them" })).Id;
        await buffer.RecordVersionAsync("v1", [id]);
        Time.Advance(TimeSpan.FromDays(91));
        Assert.Equal(1, await PruneAsync(buffer));
        Assert.Equal(["v1"], (await buffer.EraseAsync("them")).Versions);
    }

    [Fact]
    public async Task What_is_too_old_goes()
    {
        await using IExperienceBuffer buffer = Create(Options);
        Experience old = await buffer.AddAsync(One("old", 1));
        Time.Advance(TimeSpan.FromDays(1));
        Experience young = await buffer.AddAsync(One("young", 2));
        Time.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, await PruneAsync(buffer));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await PruneAsync(buffer));
        Assert.Null(await buffer.FindAsync(old.Id));
        Assert.Equal([young.Id], (await buffer.FindNearestAsync(Examples.Unit(Dimension, 1), 5, "default")).Select(n => n.Experience.Id));
        // Numbers are not used again.
        Assert.Equal(young.Id + 1, (await buffer.AddAsync(One("next"))).Id);
    }

    [Fact]
    public async Task Retention_can_be_off()
    {
        await using IExperienceBuffer buffer = Create(Options with { Retention = TimeSpan.Zero });
        await buffer.AddAsync(One("old"));
        Time.Advance(TimeSpan.FromDays(10_000));
        Assert.Equal(0, await PruneAsync(buffer));
        Assert.Equal(1, await buffer.CountAsync());
    }

    [Fact]
    public async Task The_least_valuable_makes_room()
    {
        await using IExperienceBuffer buffer = Create(Options with { Capacity = 5 });
        Experience dull = await buffer.AddAsync(One("dull") with { Priority = 0.1 });
        Experience checkedByPerson = await buffer.AddAsync(One("checked") with { Priority = 0.3, LabelSource = LabelSource.Person });
        Experience used = await buffer.AddAsync(One("used") with { Priority = 0.3, Uses = 8, Successes = 8 });
        Experience wrong = await buffer.AddAsync(One("wrong") with { Priority = 0.5, Uses = 1 });
        Time.Advance(TimeSpan.FromDays(60));
        await buffer.AddAsync(One("fresh") with { Priority = 0.09 });
        // Values: dull 0.025, checked 0.15, used 0.3 * 4.17 / 4 = 0.31, wrong 0.5 * 0.7 * 2 / 4 = 0.175, fresh 0.09.
        await buffer.AddAsync(One("least") with { Priority = 0.001 });
        Assert.Null(await buffer.FindAsync(dull.Id));
        await buffer.AddAsync(One("more"));
        // The one that came before is now the least.
        Assert.Equal(5, await buffer.CountAsync());
        Assert.Equal(
            ["checked", "fresh", "more", "used", "wrong"],
            (await buffer.FindNearestAsync(Examples.Unit(Dimension, 1), 10, "default")).Select(n => n.Experience.RequestId).Order());
        foreach (long id in new[] { checkedByPerson.Id, used.Id, wrong.Id })
            Assert.NotNull(await buffer.FindAsync(id));
    }

    [Fact]
    public void Never_more_than_the_capacity() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5), Prop.ForAll(Gen.Choose(1, 12).ToArbitrary(), Gen.Choose(1, 25).ToArbitrary(), (capacity, count) =>
        {
            IExperienceBuffer buffer = Create(Options with { Capacity = capacity });
            for (int i = 0; i < count; i++)
            {
                Experience added = buffer.AddAsync(One($"r{i}", i)).AsTask().Result;
                Assert.NotNull(buffer.FindAsync(added.Id).AsTask().Result);
                Assert.Equal(Math.Min(i + 1, capacity), buffer.CountAsync().AsTask().Result);
            }
            Assert.Equal(Math.Min(count, capacity), buffer.FindNearestAsync(Examples.Unit(Dimension, 0), 100, "default").AsTask().Result.Count);
            buffer.DisposeAsync().AsTask().Wait();
        }));

    [Fact]
    public async Task What_is_wrong_is_refused_by_name()
    {
        await using IExperienceBuffer buffer = Create(Options);
        (Experience Bad, string Says)[] cases =
        [
            (One("x") with { Embedding = new float[7] }, "7 numbers"),
            (One("x") with { Embedding = new float[Dimension] }, "unit vector"),
            (One("x") with { Embedding = Enumerable.Repeat(float.NaN, Dimension).ToArray() }, "unit vector"),
            (One("x") with { Confidence = 1.5 }, "confidence"),
            (One("x") with { Confidence = double.NaN }, "confidence"),
            (One("x") with { Priority = 0 }, "priority"),
            (One("x") with { Priority = double.PositiveInfinity }, "priority"),
            (One("x") with { Uses = 1, Successes = 2 }, "successes"),
            (One("x") with { Tenant = "" }, "tenant"),
            (One("x") with { RequestId = new string('r', 2000) }, "request id"),
        ];
        foreach ((Experience bad, string says) in cases)
            Assert.Contains(says, (await Assert.ThrowsAsync<PixelisException>(async () => await buffer.AddAsync(bad))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PixelisException>(async () => await buffer.FindNearestAsync(new float[3], 1, "default"));
        await Assert.ThrowsAsync<PixelisException>(async () => await buffer.RelabelAsync(1, "a", LabelSource.Vote, 2, 1));
        Assert.Equal(0, await buffer.CountAsync());
    }

    [Fact]
    public async Task A_withdrawn_addition_is_not_made()
    {
        await using IExperienceBuffer buffer = Create(Options);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await buffer.AddAsync(One("a"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await buffer.EraseAsync("them", cancelled.Token));
        Assert.Equal(0, await buffer.CountAsync());
    }

    [Fact]
    public async Task Many_at_once_get_along()
    {
        await using IExperienceBuffer buffer = Create(Options);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 25; i++)
            {
                int seed = (worker * 1000) + i;
                Experience added = await buffer.AddAsync(One($"r{seed}", seed) with { Tenant = $"t{worker % 2}", Subject = worker == 7 ? "them" : null });
                if (worker == 7)
                    continue;
                Assert.Equal(added.Id, (await buffer.FindNearestAsync(added.Embedding, 1, added.Tenant)).Single().Experience.Id);
                await buffer.RecordUseAsync([(added.Id, true)]);
                Assert.Equal(1, (await buffer.FindAsync(added.Id))!.Successes);
            }
            if (worker == 7)
                Assert.Equal(25, (await buffer.EraseAsync("them")).Experiences.Count);
        })));
        Assert.Equal(175, await buffer.CountAsync());
        Assert.Equal(175, (await buffer.SampleAsync(1000, 1)).Select(e => e.Id).Distinct().Count());
    }
}
