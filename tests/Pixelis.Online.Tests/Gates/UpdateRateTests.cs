using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests.Gates;

public class UpdateRateTests
{
    [Fact]
    public void A_minute_slides()
    {
        var time = new ManualTime();
        var rate = new UpdateRate(2, time);
        Assert.True(rate.TryBegin());
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.True(rate.TryBegin());
        Assert.False(rate.TryBegin());
        Assert.Equal(2, rate.InLastMinute);
        time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.Equal(2, rate.InLastMinute);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, rate.InLastMinute);
        Assert.True(rate.TryBegin());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, rate.InLastMinute);
    }

    [Fact]
    public void Many_at_once_get_no_more_than_there_are()
    {
        var rate = new UpdateRate(60, new ManualTime());
        int begun = 0;
        Parallel.For(0, 1_000, _ =>
        {
            if (rate.TryBegin())
                Interlocked.Increment(ref begun);
        });
        Assert.Equal((60, 60), (begun, rate.InLastMinute));
    }
}
