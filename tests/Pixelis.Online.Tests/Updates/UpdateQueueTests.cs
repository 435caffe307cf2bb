using FsCheck;
using FsCheck.Fluent;
using Pixelis.Generation;
using Pixelis.Online.Metrics;
using Pixelis.Online.Updates;
using Pixelis.Trajectories;

namespace Pixelis.Online.Tests.Updates;

public class UpdateQueueTests
{
    [Fact]
    public void What_does_not_fit_is_refused_counted_and_told()
    {
        using var metrics = new MetricsCollector();
        var queue = new UpdateQueue(2);
        Assert.Equal([1, 2], new[] { queue.TryEnqueue(Task(1)), queue.TryEnqueue(Task(2)) }.Select(r => r.Waiting));
        EnqueueResult full = queue.TryEnqueue(Task(3));
        Assert.Equal((EnqueueOutcome.Full, 2, 2, false), (full.Outcome, full.Waiting, full.Capacity, full.IsAccepted));
        Assert.Contains("stays in the buffer", full.Reason);
        Assert.Equal([1, 2], queue.TakeAll().SelectMany(t => t.Experiences));
        Assert.True(queue.TryEnqueue(Task(3)).IsAccepted);
        queue.Complete();
        Assert.Equal(EnqueueOutcome.Closed, queue.TryEnqueue(Task(4)).Outcome);
        Assert.Equal([3], queue.TakeAll().SelectMany(t => t.Experiences));
        MetricFamily refusals = metrics.Collect().Single(f => f.Name == OnlineInstruments.QueueRefusals);
        Assert.Contains(refusals.Series, s => s.Labels.Any(l => l.Value == "full") && s.Value >= 1);
        Assert.Contains(refusals.Series, s => s.Labels.Any(l => l.Value == "closed") && s.Value >= 1);
    }

    [Fact]
    public async Task Who_can_wait_is_let_in_when_there_is_room()
    {
        var queue = new UpdateQueue(1);
        Assert.True((await queue.EnqueueAsync(Task(1))).IsAccepted);
        Task<EnqueueResult> second = queue.EnqueueAsync(Task(2)).AsTask();
        Assert.False(second.IsCompleted);
        using var stop = new CancellationTokenSource();
        Task<EnqueueResult> third = queue.EnqueueAsync(Task(3), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.True(queue.Reader.TryRead(out UpdateTask? first));
        Assert.Equal([1], first.Experiences);
        Assert.True((await second).IsAccepted);
        Task<EnqueueResult> fourth = queue.EnqueueAsync(Task(4)).AsTask();
        queue.Complete();
        Assert.Equal(EnqueueOutcome.Closed, (await fourth).Outcome);
        Assert.Equal([2], queue.TakeAll().SelectMany(t => t.Experiences));
    }

    [Fact]
    public void Tasks_come_out_in_order_and_none_is_lost_or_doubled()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<bool[]>(), Gen.Choose(1, 5).ToArbitrary(), (adds, capacity) =>
        {
            var queue = new UpdateQueue(capacity);
            var model = new Queue<long>();
            for (int i = 0; i < adds.Length; i++)
            {
                if (adds[i])
                {
                    bool taken = queue.TryEnqueue(Task(i + 1)).IsAccepted;
                    if (taken != (model.Count < capacity))
                        return false;
                    if (taken)
                        model.Enqueue(i + 1);
                }
                else if (queue.Reader.TryRead(out UpdateTask? task) != model.TryDequeue(out long expected) || (task is not null && task.Experiences[0] != expected))
                {
                    return false;
                }
            }
            return queue.TakeAll().Select(t => t.Experiences[0]).SequenceEqual(model);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_refused_before_it_waits()
    {
        var queue = new UpdateQueue();
        Refused("numbers of the experiences", Task(1) with { Experiences = [] });
        Refused("numbers of the experiences", Task(0));
        Refused("no episodes", Task(1) with { Episodes = [] });
        Refused("no label", Task(1) with { Label = " " });
        Refused("confidence of NaN", Task(1) with { Confidence = double.NaN });
        Refused("confidence of 1.1", Task(1) with { Confidence = 1.1 });
        Refused("learning rate of -1", Task(1) with { LearningRate = -1 });
        Refused("remote model", Task(1) with { Episodes = [Episode with { TokenIds = [], LogProbabilities = [] }] });
        Assert.Equal(0, queue.Waiting);

        void Refused(string why, UpdateTask task) => Assert.Contains(why, Assert.Throws<PixelisException>(() => queue.TryEnqueue(task)).Message);
    }

    [Fact]
    public void A_labelled_experience_is_a_task()
    {
        Experience experience = Examples.Experience("r", 4, 1) with { Id = 7, Tenant = "t", Question = "How many cars are there?", Label = "3", Confidence = 1, Episodes = [Episode] };
        UpdateTask task = UpdateTask.Of(experience);
        Assert.Equal((7, "t", "3", 1.0, AnswerSpaceKind.Count), (task.Experiences.Single(), task.Tenant, task.Label, task.Confidence, task.AnswerSpace.Kind));
        Assert.Contains("no label", Assert.Throws<PixelisException>(() => UpdateTask.Of(experience with { Label = null })).Message);
    }

    private static Trajectory Episode { get; } = new()
    {
        Id = "e", Model = "m", Question = "?", EndReason = EndReason.Answered, Answer = "yes", TokenIds = [1, 2], Provenance = [TokenProvenance.Injected, TokenProvenance.Sampled], LogProbabilities = [0, -1],
    };

    private static UpdateTask Task(long id) => new() { Experiences = [id], Episodes = [Episode], Label = "yes", Confidence = 0.9 };
}
