using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Neighbors;

namespace Pixelis.Online.Tests.Neighbors;

public class ExactIndexTests
{
    [Fact]
    public void The_nearest_of_a_tenant_come_first()
    {
        using var index = new ExactIndex(2);
        index.Add(1, 0, [1, 0]);
        index.Add(2, 0, [0, 1]);
        index.Add(3, 1, [1, 0]);
        index.Add(4, 0, [0.6f, 0.8f]);
        var hits = new NeighborHit[5];
        Assert.Equal(3, index.Search([0, 1], 0, hits));
        Assert.Equal([2, 4, 1], hits[..3].Select(h => h.Id));
        Assert.Equal([1, 0.8f, 0], hits[..3].Select(h => h.Similarity));
        Assert.Equal([3], VectorSets.Find(index, [0, 1], 5, tenant: 1));
        Assert.Equal([2, 4], VectorSets.Find(index, [0, 1], 2));
        Assert.Empty(VectorSets.Find(index, [0, 1], 5, tenant: 2));
        Assert.Empty(VectorSets.Find(index, [0, 1], 0));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var index = new ExactIndex(2);
        Assert.Throws<ArgumentException>(() => index.Add(1, 0, [1, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Add(1, -1, [1, 0]));
        Assert.Throws<ArgumentException>(() => index.Search([1], 0, new NeighborHit[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactIndex(0));
    }

    [Fact]
    public void Any_additions_and_removals_leave_what_a_list_would() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Gen.Choose(0, 5999).ArrayOf().ToArbitrary(), steps =>
        {
            using var index = new ExactIndex(4);
            var model = new SortedDictionary<long, float[]>();
            foreach (int step in steps)
            {
                long id = step / 3 % 40;
                if (step % 3 == 0)
                    Assert.Equal(model.Remove(id), index.Remove(id));
                else if (model.TryAdd(id, Examples.Unit(4, (int)id)))
                    index.Add(id, 0, model[id]);
            }
            Assert.Equal(model.Count, index.Count);
            float[] query = Examples.Unit(4, 777);
            Assert.Equal(VectorSets.Nearest(model.Select(m => (m.Key, m.Value)), query, 7), VectorSets.Find(index, query, 7));
        }));

    [Fact]
    public async Task Many_removals_do_not_stay_in_the_way()
    {
        using var index = new ExactIndex(8);
        for (int i = 0; i < 3000; i++)
            index.Add(i, 0, Examples.Unit(8, i));
        for (int i = 0; i < 2990; i++)
            Assert.True(index.Remove(i));
        Assert.False(index.Remove(5));
        await index.RebuildAsync();
        Assert.Equal(10, index.Count);
        Assert.Equal([2995], VectorSets.Find(index, Examples.Unit(8, 2995), 1));
    }
}
