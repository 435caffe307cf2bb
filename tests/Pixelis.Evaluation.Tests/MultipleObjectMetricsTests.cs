using Box = (double X, double Y, double Width, double Height);

namespace Pixelis.Evaluation.Tests;

public class MultipleObjectMetricsTests
{
    private static readonly Box Left = (0, 0, 10, 10), Right = (100, 0, 10, 10);

    private static FrameBoxes Frame((int Id, Box Box)[] truth, (int Id, Box Box)[] found) =>
        new(truth.ToDictionary(t => t.Id, t => t.Box), found.ToDictionary(t => t.Id, t => t.Box));

    private static Box Shifted(Box box, double x) => (box.X + x, box.Y, box.Width, box.Height);

    [Fact]
    public void A_perfect_track_scores_one_whatever_its_numbers() =>
        Assert.Equal(
            new MultipleObjectMetrics(1, 1, 4, 4, 0, 0, 0),
            MultipleObjectMetrics.Of([Frame([(1, Left), (2, Right)], [(70, Right), (9, Left)]), Frame([(1, Left), (2, Right)], [(9, Left), (70, Right)])]));

    [Fact]
    public void A_box_below_the_gate_is_a_miss_and_a_false_positive()
    {
        // Shifted by 4 of 10: overlap 6 / 14 = 0.43. Without a gate it would count as found.
        var metrics = MultipleObjectMetrics.Of([Frame([(1, Left)], [(1, Shifted(Left, 4))])]);
        Assert.Equal(new MultipleObjectMetrics(1 - 2.0 / 1, 0, 1, 0, 1, 1, 0), metrics);
        Assert.Equal(6 / 14.0, MultipleObjectMetrics.Of([Frame([(1, Left)], [(1, Shifted(Left, 4))])], gate: 0.4).Motp, 1e-12);
    }

    [Fact]
    public void Misses_and_extras_are_counted_and_may_outweigh_all_boxes()
    {
        // Frame 1: one of two found exactly. Frame 2: both missed, three boxes of nothing.
        Box nowhere = (500, 500, 10, 10);
        var metrics = MultipleObjectMetrics.Of(
        [
            Frame([(1, Left), (2, Right)], [(1, Left)]),
            Frame([(1, Left), (2, Right)], [(3, nowhere), (4, nowhere), (5, nowhere)]),
        ]);
        Assert.Equal(new MultipleObjectMetrics(1 - (3 + 3 + 0) / 4.0, 1, 4, 1, 3, 3, 0), metrics);
    }

    [Fact]
    public void Numbers_that_change_places_are_two_switches()
    {
        var metrics = MultipleObjectMetrics.Of(
        [
            Frame([(1, Left), (2, Right)], [(10, Left), (20, Right)]),
            Frame([(1, Left), (2, Right)], [(20, Left), (10, Right)]),
            Frame([(1, Left), (2, Right)], [(20, Left), (10, Right)]),
        ]);
        Assert.Equal(new MultipleObjectMetrics(1 - 2 / 6.0, 1, 6, 6, 0, 0, 2), metrics);
    }

    [Fact]
    public void A_switch_after_a_gap_counts_and_a_return_under_the_old_number_does_not()
    {
        (int, Box)[] truth = [(1, Left)];
        Assert.Equal(1, MultipleObjectMetrics.Of([Frame(truth, [(5, Left)]), Frame(truth, []), Frame(truth, [(6, Left)])]).IdentitySwitches);
        Assert.Equal(0, MultipleObjectMetrics.Of([Frame(truth, [(5, Left)]), Frame(truth, []), Frame(truth, [(5, Left)])]).IdentitySwitches);
    }

    [Fact]
    public void A_pair_is_kept_while_it_counts_even_if_another_overlaps_more()
    {
        // The kept pair overlaps by 8 / 12, the newcomer wholly.
        var metrics = MultipleObjectMetrics.Of([Frame([(1, Left)], [(5, Left)]), Frame([(1, Left)], [(5, Shifted(Left, 2)), (6, Left)])]);
        Assert.Equal(0, metrics.IdentitySwitches);
        Assert.Equal((1 + 8 / 12.0) / 2, metrics.Motp, 1e-12);
        Assert.Equal(1, metrics.FalsePositives);
    }

    [Fact]
    public void Pairs_are_chosen_together_not_one_by_one()
    {
        // Truth 1 overlaps found 1 by 8/12 and found 2 by 7/13; truth 2 (shifted by 2) equals found 1 and overlaps nothing else enough.
        Box first = Left, second = Shifted(Left, 2);
        var metrics = MultipleObjectMetrics.Of([Frame([(1, first), (2, second)], [(1, second), (2, Shifted(first, -3))])]);
        Assert.Equal(2, metrics.Pairs);
        Assert.Equal((7 / 13.0 + 1) / 2, metrics.Motp, 1e-12);
    }

    [Fact]
    public void Frames_without_truth_and_gates_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MultipleObjectMetrics.Of([Frame([], [(1, Left)])]));
        Assert.Throws<ArgumentException>(() => MultipleObjectMetrics.Of([Frame([(1, Left)], [])], gate: 0));
    }
}
