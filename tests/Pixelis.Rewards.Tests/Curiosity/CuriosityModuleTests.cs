using Pixelis.Tensors;
using Pixelis.TestKit;
using TorchSharp;

namespace Pixelis.Rewards.Tests.Curiosity;

public class CuriosityModuleTests
{
    private static readonly CuriosityOptions Options = new() { StateSize = Dynamics.StateSize, FeatureSize = 16, HiddenSize = 64, BatchSize = 32, Seed = 5 };

    [Fact]
    public void Learning_lowers_both_losses_and_so_the_curiosity_about_what_was_seen()
    {
        using var module = new CuriosityModule(Options);
        CuriosityTransition[] seen = [.. Dynamics.Of("ZOOM_IN", 64), .. Dynamics.Of("READ_TEXT", 64)], held = Dynamics.Of("ZOOM_IN", 64, seed: 9), novel = Dynamics.Of("TRACK_OBJECT", 64);
        double before = module.Errors(held).Average();
        CuriosityLosses first = module.Learn(seen), last = first;
        for (int pass = 0; pass < 60; pass++)
            last = module.Learn(seen);
        Assert.Equal(128, first.Transitions);
        Assert.Equal((0.2 * first.Forward) + (0.8 * first.Inverse), first.Total, 1e-12);
        Assert.True(last.Forward < first.Forward / 2, $"forward {first.Forward} -> {last.Forward}");
        Assert.True(last.Inverse < first.Inverse / 2, $"inverse {first.Inverse} -> {last.Inverse}");
        Assert.True(module.Errors(held).Average() < before / 2, $"of the same kind {before} -> {module.Errors(held).Average()}");
        Assert.True(module.Errors(novel).Average() > 2 * module.Errors(held).Average(), $"novel {module.Errors(novel).Average()}, seen {module.Errors(held).Average()}");
    }

    [Fact]
    public void Measuring_changes_nothing()
    {
        using var module = new CuriosityModule(Options);
        module.Learn(Dynamics.Of("ZOOM_IN", 32));
        double[] once = [.. module.Errors(Dynamics.Of("READ_TEXT", 8))];
        Assert.Equal(once, module.Errors(Dynamics.Of("READ_TEXT", 8)));
    }

    [Fact]
    public void A_seed_is_a_module()
    {
        using CuriosityModule one = new(Options), same = new(Options), other = new(Options with { Seed = 6 });
        CuriosityTransition[] steps = Dynamics.Of("ZOOM_IN", 8);
        Assert.Equal(one.Errors(steps), same.Errors(steps));
        Assert.NotEqual(one.Errors(steps), other.Errors(steps));
    }

    [Fact]
    public void Learning_goes_on_bit_for_bit_after_saving_and_loading()
    {
        using var folder = new TemporaryFolder();
        using CuriosityModule module = new(Options), resumed = new(Options with { Seed = 99 });
        CuriosityTransition[] steps = Dynamics.Of("ZOOM_IN", 80);
        module.Learn(steps);
        module.Save(folder["curiosity.safetensors"]);
        resumed.Load(folder["curiosity.safetensors"]);
        Assert.Equal(module.Errors(steps), resumed.Errors(steps));
        for (int pass = 0; pass < 3; pass++)
            Assert.Equal(module.Learn(steps), resumed.Learn(steps));
        Assert.Equal(module.Errors(steps), resumed.Errors(steps));
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using CuriosityModule module = new(Options), wider = new(Options with { HiddenSize = 65 });
        CuriosityTransition[] steps = Dynamics.Of("ZOOM_IN", 8);
        double[] before = [.. module.Errors(steps)];
        wider.Save(folder["wider.safetensors"]);
        Assert.Throws<SafetensorsException>(() => module.Load(folder["wider.safetensors"]));
        using (DisposeScope scope = torch.NewDisposeScope())
        {
            var tensors = module.ToTensors().ToDictionary();
            tensors.Remove("exp_avg_sq.inverse_out.weight");
            SafetensorsWriter.WriteFile(folder["less.safetensors"], tensors);
        }

        var e = Assert.Throws<SafetensorsException>(() => module.Load(folder["less.safetensors"]));
        Assert.Equal("exp_avg_sq.inverse_out.weight", e.Tensor);
        Assert.Equal(before, module.Errors(steps));
    }

    [Fact]
    public void Nothing_to_learn_is_nothing_learned()
    {
        using var module = new CuriosityModule(Options);
        double[] before = [.. module.Errors(Dynamics.Of("ZOOM_IN", 8))];
        Assert.Equal(new CuriosityLosses(0, 0, 0, 0), module.Learn([]));
        Assert.Empty(module.Errors([]));
        Assert.Equal(before, module.Errors(Dynamics.Of("ZOOM_IN", 8)));
    }

    [Fact]
    public void States_that_are_not_finite_or_of_another_size_are_refused()
    {
        using var module = new CuriosityModule(Options);
        float[] good = new float[Dynamics.StateSize], bad = [0, 0, float.NaN, 0, 0, 0];
        Assert.Throws<ArgumentException>(() => module.Learn([new CuriosityTransition(good, [], bad)]));
        Assert.Throws<ArgumentException>(() => module.Errors([new CuriosityTransition([1, 2], [], good)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CuriosityModule(Options with { Beta = 1.5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CuriosityModule(Options with { ActionSize = 16 }));
    }

    [Fact]
    public void Learning_and_measuring_leave_no_tensors_behind()
    {
        using var module = new CuriosityModule(Options);
        CuriosityTransition[] steps = Dynamics.Of("ZOOM_IN", 40);
        module.Learn(steps); // the optimizer's state, once
        module.Errors(steps);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int i = 0; i < 5; i++)
        {
            module.Learn(steps);
            module.Errors(steps);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }
}
