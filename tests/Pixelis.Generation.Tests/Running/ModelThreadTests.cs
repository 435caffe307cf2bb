using Pixelis.Generation.Running;

namespace Pixelis.Generation.Tests.Running;

public class ModelThreadTests
{
    [Fact]
    public async Task All_work_runs_on_one_thread_in_order()
    {
        using var thread = new ModelThread();
        var ran = new List<(int Number, int Thread)>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => thread.RunAsync(() => ran.Add((i, Environment.CurrentManagedThreadId)))));
        Assert.Equal(Enumerable.Range(0, 20), ran.Select(r => r.Number));
        Assert.Single(ran.Select(r => r.Thread).Distinct());
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, ran.Select(r => r.Thread));
    }

    [Fact]
    public async Task A_failure_reaches_its_caller_and_the_thread_goes_on()
    {
        using var thread = new ModelThread();
        await Assert.ThrowsAsync<InvalidDataException>(() => thread.RunAsync(() => throw new InvalidDataException()));
        bool ran = false;
        await thread.RunAsync(() => ran = true);
        Assert.True(ran);
    }
}
