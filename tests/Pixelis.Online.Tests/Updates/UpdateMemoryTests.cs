using Pixelis.Online.Updates;
using TorchSharp;

namespace Pixelis.Online.Tests.Updates;

/// <summary>Tests that count what the whole process holds.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "alone";
}

[Collection(AloneCollection.Name)]
public sealed class UpdateMemoryTests : IDisposable
{
    private readonly SmallPolicy _small = new();
    private readonly List<UpdateKind> _kinds = [];
    private readonly SemaphoreSlim _told = new(0);

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task Updates_versions_and_rollbacks_leave_no_tensors_behind()
    {
        using var worker = new UpdateWorker(_small.Parts() with { Observer = o => { _kinds.Add(o.Kind); _told.Release(); } }, new UpdateOptions { Safety = new UpdateSafetyOptions { KlLimit = 5, AverageDecay = 0.5 }, MaxBlockedInARow = 2, PublishEvery = 2 });
        await worker.BeginAsync();
        await RoundAsync(worker); // references and libraries are there from the first round on
        long held = torch.Tensor.TotalCount;
        for (int i = 0; i < 4; i++)
        {
            await RoundAsync(worker);
            Assert.Equal(held, torch.Tensor.TotalCount);
        }
        Assert.Equal([UpdateKind.Applied, UpdateKind.Applied, UpdateKind.Blocked, UpdateKind.Blocked, UpdateKind.Silent], _kinds.TakeLast(5));
    }

    private async Task RoundAsync(UpdateWorker worker)
    {
        UpdateTask task = await _small.TaskAsync();
        using var stop = new CancellationTokenSource();
        foreach (double rate in new[] { 1e-2, 1e-2, 10, 10 }) // two are learnt and published, two are undone
            _small.Queue.TryEnqueue(task with { LearningRate = rate });
        _small.Queue.TryEnqueue(task with { Episodes = [task.Episodes[0], task.Episodes[0]] }); // says nothing
        Task run = worker.RunAsync(stop.Token);
        for (int i = 0; i < 5; i++)
            await await Task.WhenAny(run, _told.WaitAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await worker.RollbackAsync("v000001");
    }
}
