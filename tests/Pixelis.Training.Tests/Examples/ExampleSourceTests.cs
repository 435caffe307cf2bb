using Pixelis.Data;
using Pixelis.Training.Tests.Support;

namespace Pixelis.Training.Tests.Examples;

public class ExampleSourceTests
{
    [Fact]
    public void Every_epoch_of_a_shuffled_set_holds_each_example_once_in_another_order()
    {
        var source = new ShuffledExamples(Corpus.Sums(10), seed: 1);
        string[] first = Ids(source, 0, 10), second = Ids(source, 10, 10);
        Assert.Equal(10, first.Distinct().Count());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, Ids(new ShuffledExamples(Corpus.Sums(10), seed: 2), 0, 10));
    }

    [Fact]
    public void A_position_gives_the_same_example_whatever_was_asked_before()
    {
        var fresh = new ShuffledExamples(Corpus.Sums(7), 3);
        var used = new ShuffledExamples(Corpus.Sums(7), 3);
        string[] whole = Ids(used, 0, 200);
        Assert.Equal(whole[123], fresh.Get(new DataCursor(123)).Id);
        Assert.Equal(whole[5], used.Get(new DataCursor(5)).Id);
    }

    [Fact]
    public void Sampling_weights_are_shares_over_epochs()
    {
        SftExample[] examples = [Corpus.Talk("a", "b", "light") with { SamplingWeight = 1 }, Corpus.Talk("a", "b", "heavy") with { SamplingWeight = 1.5 }];
        string[] drawn = Ids(new ShuffledExamples(examples, 0), 0, 5000);
        Assert.InRange(drawn.Count(id => id == "heavy") / 5000.0, 0.58, 0.62);
    }

    [Fact]
    public void Stages_mix_levels_by_their_shares()
    {
        var levels = new[] { "easy", "hard" }.Select(id => new ShuffledExamples([Corpus.Talk("a", "b", id)], 0)).ToArray();
        var source = new StagedExamples(levels, [[1, 0], [1, 3], [0, 1]], 4);
        int Hard(int stage) => Enumerable.Range(0, 4000).Count(i => source.Get(new DataCursor(i, stage)).Id == "hard");
        Assert.Equal([0, 4000], new[] { Hard(0), Hard(2) });
        Assert.InRange(Hard(1) / 4000.0, 0.72, 0.78);
    }

    [Fact]
    public void What_cannot_be_drawn_from_is_refused()
    {
        Assert.Contains("empty", Assert.Throws<PixelisException>(() => new ShuffledExamples([], 0)).Message);
        Assert.Contains("weight of 0", Assert.Throws<PixelisException>(() => new ShuffledExamples([Corpus.Talk("a", "b", "x") with { SamplingWeight = 0 }], 0)).Message);
        Assert.Throws<ArgumentException>(() => new StagedExamples([new ShuffledExamples(Corpus.Sums(1), 0)], [[0]], 0));
    }

    [Fact]
    public void Scenes_are_told_apart_by_what_is_drawn_and_by_nothing_else()
    {
        Assert.Equal($"pixelbench/2 Train Spot+Read difficulty 1+2 stream 3, budget {new SeenBudget()}", Fingerprint(PixelBenchShift.None)); // runs of before go on
        Assert.Equal($"pixelbench/2 Train Spot+Read difficulty 1+2 stream 3 shifted, budget {new SeenBudget()}", Fingerprint(PixelBenchShift.All));
        Assert.Equal($"pixelbench/2 Train Spot+Read difficulty 1+2 stream 3 shifted-letters-noise, budget {new SeenBudget()}", Fingerprint(PixelBenchShift.Letters | PixelBenchShift.Noise));

        static string Fingerprint(PixelBenchShift shift)
        {
            using var scenes = new PixelBenchExamples([new PixelBenchOptions { Families = [PixelBenchFamily.Spot, PixelBenchFamily.Read], Difficulties = [1, 2], Stream = 3, Shift = shift }]);
            return scenes.Fingerprint;
        }
    }

    private static string[] Ids(IExampleStream source, int from, int count) => [.. Enumerable.Range(from, count).Select(i => source.Get(new DataCursor(i)).Id)];
}
