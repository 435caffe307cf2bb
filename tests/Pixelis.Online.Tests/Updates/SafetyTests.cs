using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Updates;

public class SafetyTests
{
    private static readonly UpdateSafetyOptions Options = new();

    [Fact]
    public void The_pull_follows_the_mean_after_ten_observations()
    {
        var controller = new WindowedKlController(Options);
        Observe(controller, 0.09, 9);
        Assert.Equal(0.01, controller.Coefficient);
        Observe(controller, 0.09, 1);
        Assert.Equal(0.012, controller.Coefficient, 1e-12);
        Observe(controller, double.NaN, 5); // says nothing
        Assert.Equal(0.012, controller.Coefficient, 1e-12);
        controller.Forget();
        Observe(controller, 0.01, 9);
        Assert.Equal(0.012, controller.Coefficient, 1e-12);
        Observe(controller, 0.01, 1);
        Assert.Equal(0.01, controller.Coefficient, 1e-12);
    }

    [Theory]
    [InlineData(0.0599, 1)]
    [InlineData(0.0401, 1)]
    [InlineData(0.0601, 1.2)]
    [InlineData(0.0399, 1 / 1.2)]
    public void Within_a_fifth_of_the_target_it_stays(double kl, double factor)
    {
        var controller = new WindowedKlController(Options);
        Observe(controller, kl, 10);
        Assert.Equal(0.01 * factor, controller.Coefficient, 1e-12);
    }

    [Fact]
    public void Only_the_last_hundred_count()
    {
        var controller = new WindowedKlController(Options);
        Observe(controller, 1, 100);
        Observe(controller, 0.05, 100);
        Assert.Equal(0.05, controller.Mean, 1e-9);
        double held = controller.Coefficient;
        Observe(controller, 0.05, 20);
        Assert.Equal(held, controller.Coefficient);
    }

    [Fact]
    public void The_pull_stays_within_its_bounds()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).Select(i => i / 1e5).ListOf(200).ToArbitrary(), observed =>
        {
            var controller = new WindowedKlController(Options);
            return observed.All(kl =>
            {
                controller.Update(kl, 1);
                return controller.Coefficient is >= 1e-4 and <= 1;
            });
        }).QuickCheckThrowOnFailure();
        var low = new WindowedKlController(Options);
        Observe(low, 0, 1000);
        Assert.Equal(1e-4, low.Coefficient);
        var high = new WindowedKlController(Options);
        Observe(high, 10, 1000);
        Assert.Equal(1, high.Coefficient);
    }

    [Fact]
    public void A_half_life_is_a_decay()
    {
        Assert.Equal(0.999, Options.Decay);
        Assert.Equal(0.5, Math.Pow((Options with { AverageHalfLife = 40 }).Decay, 40), 1e-12);
        Assert.Equal(0.5, Math.Pow(0.999, 693), 1e-3); // as the documentation says
    }

    [Fact]
    public void Options_that_cannot_work_are_named()
    {
        Refused("KlLimit", new UpdateOptions { Safety = Options with { KlLimit = 0 } });
        Refused("KlFactor", new UpdateOptions { Safety = Options with { KlFactor = 1 } });
        Refused("KlCoefficient", new UpdateOptions { Safety = Options with { KlCoefficient = 2 } });
        Refused("KlWindow", new UpdateOptions { Safety = Options with { KlWindow = 5 } });
        Refused("AverageDecay", new UpdateOptions { Safety = Options with { AverageDecay = 1 } });
        Refused("AverageHalfLife", new UpdateOptions { Safety = Options with { AverageHalfLife = 0 } });
        Refused("CanaryMargin", new UpdateOptions { CanaryMargin = -0.1 });
        Refused("TasksPerUpdate", new UpdateOptions { TasksPerUpdate = 0 });
        Refused("PublishEvery", new UpdateOptions { PublishEvery = 0 });

        static void Refused(string name, UpdateOptions options) => Assert.Contains(name, Assert.Throws<PixelisException>(options.Validate).Message);
    }

    private static void Observe(WindowedKlController controller, double kl, int times)
    {
        for (int i = 0; i < times; i++)
            controller.Update(kl, 1);
    }
}
