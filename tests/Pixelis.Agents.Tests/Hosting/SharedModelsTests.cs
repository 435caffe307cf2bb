using Pixelis.Agents.Hosting;

namespace Pixelis.Agents.Tests.Hosting;

public class SharedModelsTests
{
    private static readonly ModelKey Key = new("folder", null, null, null);

    [Fact]
    public async Task A_model_is_made_once_however_many_ask_at_the_same_time()
    {
        using var models = new SharedModels();
        int made = 0;
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => models.Get(Key, () =>
        {
            Interlocked.Increment(ref made);
            Thread.Sleep(20);
            return new ScriptedModel(_ => "x");
        }))));
        Assert.Equal(1, made);
        Assert.All(all, m => Assert.Same(all[0], m));
        Assert.NotSame(all[0], models.Get(Key with { ContextLength = 5 }, () => new ScriptedModel(_ => "y")));
    }

    [Fact]
    public void One_that_could_not_be_made_is_tried_anew_and_all_are_freed_once()
    {
        var models = new SharedModels();
        Assert.Throws<InvalidDataException>(() => models.Get(Key, () => throw new InvalidDataException()));
        var model = new ScriptedModel(_ => "x");
        Assert.Same(model, models.Get(Key, () => model));
        models.Dispose();
        models.Dispose();
        Assert.Equal(1, model.Disposals);
        Assert.Throws<ObjectDisposedException>(() => models.Get(Key, () => model));
    }
}
