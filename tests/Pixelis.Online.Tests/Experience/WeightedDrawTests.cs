using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Online.Tests;

public class WeightedDrawTests
{
    [Fact]
    public void None_is_drawn_twice_and_order_does_not_matter() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 100).ArrayOf().ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (weights, count) =>
        {
            (long, double)[] all = [.. weights.Select((w, i) => ((long)i + 1, (double)w))];
            long[] drawn = WeightedDraw.Draw(all, count, 42);
            Assert.Equal(Math.Min(count, all.Length), drawn.Distinct().Count());
            Assert.Equal(drawn, WeightedDraw.Draw(all.Reverse(), count, 42));
            // Fewer are the first of more.
            Assert.Equal(drawn.Take(3), WeightedDraw.Draw(all, Math.Min(count, 3), 42));
        }));

    [Fact]
    public void Shares_follow_weights()
    {
        (long, double)[] all = [(1, 1), (2, 2), (3, 7)];
        int[] drawn = new int[4];
        for (ulong seed = 0; seed < 5000; seed++)
            drawn[WeightedDraw.Draw(all, 1, seed).Single()]++;
        Assert.InRange(drawn[1], 430, 570);
        Assert.InRange(drawn[2], 910, 1090);
        Assert.InRange(drawn[3], 3380, 3620);
    }
}
