using Pixelis.Agents;
using Pixelis.Online.Tests.Support;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Updates;

/// <summary>Versions change between episodes and never within one, whoever reads and learns meanwhile.</summary>
public sealed class PolicyPublisherTests
{
    [Fact]
    public async Task Readers_never_see_half_of_a_swap()
    {
        TornHost[] hosts = [new(), new()];
        var publisher = new PolicyPublisher(hosts);
        (await publisher.PrepareAsync("v0", "0")).Publish();
        using var stop = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Read(publisher, hosts, stop.Token)))];
        for (int i = 1; i <= 100; i++)
        {
            using PreparedPolicy prepared = await publisher.PrepareAsync($"v{i}", $"{i}");
            if (i % 5 != 0) // some are tried and not published
                prepared.Publish();
        }
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
        Assert.Equal("v99", publisher.Serving);
        Assert.Empty(publisher.Leases);
    }

    [Fact]
    public async Task Real_episodes_answer_as_their_version_does_while_versions_change_and_the_learner_learns()
    {
        using var small = new SmallPolicy();
        using var worker = new UpdateWorker(small.Parts(), new UpdateOptions { Safety = new UpdateSafetyOptions { KlLimit = 1e6, AverageDecay = 0 }, PublishEvery = 1 });
        await worker.BeginAsync();
        UpdateTask task = await small.TaskAsync();
        small.Queue.TryEnqueue(task with { LearningRate = 0.1 });
        small.Queue.TryEnqueue(task with { LearningRate = 0.1 });
        small.Queue.Complete();
        await worker.RunAsync();
        PolicyVersion[] versions = [.. small.Store.Versions];
        Assert.Equal(3, versions.Length);
        var expected = new Dictionary<string, int[]>();
        foreach (PolicyVersion version in versions)
        {
            using PreparedPolicy prepared = await small.Publisher.PrepareAsync(version.Id, version.WeightsFolder);
            expected[version.Id] = await SmallPolicy.GreedyAsync(prepared.Agent);
            prepared.Publish();
        }
        Assert.True(expected.Values.DistinctBy(t => string.Join(',', t)).Count() > 1, "the versions answer alike");

        using var stop = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadAsync(small.Publisher, expected, stop.Token)))];
        for (int i = 0; i < 12; i++)
        {
            PolicyVersion version = versions[i % versions.Length];
            using PreparedPolicy prepared = await small.Publisher.PrepareAsync(version.Id, version.WeightsFolder);
            small.LogProbOfLabel(task); // the learner's own passes, at the same time
            prepared.Publish();
        }
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
    }

    [Fact]
    public async Task A_host_is_written_to_only_when_its_last_episode_has_ended()
    {
        TornHost[] hosts = [new(), new()];
        var publisher = new PolicyPublisher(hosts);
        (await publisher.PrepareAsync("v1", "1")).Publish();
        PolicyLease old = publisher.Acquire(), other = publisher.Acquire();
        (await publisher.PrepareAsync("v2", "2")).Publish();
        Task<PreparedPolicy> third = publisher.PrepareAsync("v3", "3");
        Assert.False(third.IsCompleted);
        Assert.Equal(2, publisher.Leases["v1"]);
        old.Dispose();
        old.Dispose(); // the second time does nothing
        Assert.False(third.IsCompleted);
        using (PolicyLease current = publisher.Acquire())
            Assert.Equal("v2", current.Version); // nobody waits
        other.Dispose();
        (await third).Publish();
        Assert.Equal("v3", publisher.Serving);
    }

    [Fact]
    public async Task Episodes_that_do_not_end_are_named_and_a_wait_can_be_cancelled()
    {
        var time = new ManualTime();
        var publisher = new PolicyPublisher([new TornHost(), new TornHost()], TimeSpan.FromMinutes(1), time);
        (await publisher.PrepareAsync("v1", "1")).Publish();
        using PolicyLease stuck = publisher.Acquire();
        (await publisher.PrepareAsync("v2", "2")).Publish();
        Task<PreparedPolicy> waiting = publisher.PrepareAsync("v3", "3");
        time.Advance(61);
        Assert.Contains("1 of v1", (await Assert.ThrowsAsync<PixelisException>(() => waiting)).Message);
        using var stop = new CancellationTokenSource();
        waiting = publisher.PrepareAsync("v3", "3", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("v2", publisher.Serving);
    }

    [Fact]
    public async Task Weights_that_cannot_be_loaded_leave_what_is_served()
    {
        var publisher = new PolicyPublisher([new TornHost(), new TornHost()]);
        Assert.Contains("BeginAsync", Assert.Throws<InvalidOperationException>(publisher.Acquire).Message);
        (await publisher.PrepareAsync("v1", "1")).Publish();
        await Assert.ThrowsAsync<FormatException>(() => publisher.PrepareAsync("v2", "no number"));
        using (PolicyLease lease = publisher.Acquire())
            Assert.Equal("v1", lease.Version);
        (await publisher.PrepareAsync("v3", "3")).Publish(); // the host can be loaded again
        Assert.Equal("v3", publisher.Serving);
        Assert.Contains("two or more", Assert.Throws<ArgumentException>(() => new PolicyPublisher([new TornHost()])).Message);
    }

    private static int Read(PolicyPublisher publisher, TornHost[] hosts, CancellationToken cancellation)
    {
        int reads = 0;
        do
        {
            using PolicyLease lease = publisher.Acquire();
            TornHost host = hosts.First(h => h.Numbers.All(n => $"v{n}" == lease.Version)); // the other one may be half written
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(lease.Version, $"v{host.Numbers[i % host.Numbers.Length]}");
                Thread.Yield();
            }
            reads++;
        }
        while (!cancellation.IsCancellationRequested);
        return reads;
    }

    private static async Task<int> ReadAsync(PolicyPublisher publisher, Dictionary<string, int[]> expected, CancellationToken cancellation)
    {
        int reads = 0;
        do
        {
            using PolicyLease lease = publisher.Acquire();
            Assert.Equal(expected[lease.Version], await SmallPolicy.GreedyAsync(lease.Agent));
            reads++;
        }
        while (!cancellation.IsCancellationRequested);
        return reads;
    }

    /// <summary>A host whose weights take a while to be written, number by number.</summary>
    private sealed class TornHost : IPolicyHost
    {
        public int[] Numbers { get; } = new int[20];

        public PixelisAgent Agent => null!; // nobody asks

        public void Load(string version, string weights)
        {
            int number = int.Parse(weights, System.Globalization.CultureInfo.InvariantCulture);
            for (int i = 0; i < Numbers.Length; i++)
            {
                Volatile.Write(ref Numbers[i], number);
                if (i % 10 == 0)
                    Thread.Yield();
            }
        }
    }
}
