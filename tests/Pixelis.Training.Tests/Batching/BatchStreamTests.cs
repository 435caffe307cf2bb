using Pixelis.Training.Tests.Support;

namespace Pixelis.Training.Tests.Batching;

public class BatchStreamTests
{
    private static readonly SftDataOptions Options = new() { BatchSize = 4, BucketBatches = 3, MaxTokens = 64, Seed = 2 };

    [Fact]
    public void Batches_are_the_same_with_any_number_of_workers_and_from_any_place()
    {
        List<string> one = Take(Options, default, 10), four = Take(Options with { Workers = 4, WindowsAhead = 5 }, default, 10);
        Assert.Equal(one, four);
        var place = default(BatchPlace);
        using (BatchStream stream = Open(Options, default))
        {
            for (int i = 0; i < 5; i++)
                stream.Next(default);
            place = stream.Place;
        }

        Assert.Equal(one[5..], Take(Options, place, 5));
    }

    [Fact]
    public void A_batch_holds_examples_of_like_length()
    {
        using BatchStream stream = Open(Options, default);
        int[] spreads = [.. Enumerable.Range(0, 9).Select(_ => stream.Next(default)).Select(b => b.Max(e => e.Conversation.Length) - b.Min(e => e.Conversation.Length))];
        Assert.InRange(spreads.Average(), 0, 3.5); // lengths go over 9
    }

    [Fact]
    public void Examples_that_cannot_be_prepared_are_told_and_passed_over_or_end_the_stream()
    {
        SftExample[] examples = [.. Corpus.Sums(6), Corpus.Talk("q", new string('z', 100), "long one"), SftExample.Of(Message.User("no answer")) with { Id = "mute" }];
        var told = new List<string>();
        using (BatchStream stream = Open(Options, default, new ShuffledExamples(examples, 0)))
        {
            stream.Skipped = told.Add;
            int seen = stream.Next(default).Count, bad = told.Count;
            while (stream.Place is { Window.Position: 0 } && seen + bad < 12)
                seen += stream.Next(default).Count;
            Assert.Equal(12, seen + bad);
            Assert.Equal(bad, told.Count);
            for (int i = 0; i < 9; i++)
                stream.Next(default);
        }

        Assert.Contains(told, m => m.Contains("long one", StringComparison.Ordinal));
        Assert.Contains(told, m => m.Contains("mute", StringComparison.Ordinal) && m.Contains("nothing in it is learnt", StringComparison.Ordinal));
        using BatchStream strict = Open(Options with { SkipsBadExamples = false }, default, new ShuffledExamples(examples, 0));
        Assert.Throws<PixelisException>(() => strict.Next(default));
    }

    [Fact]
    public void A_set_of_nothing_but_bad_examples_ends_the_stream()
    {
        using BatchStream stream = Open(Options with { MaxTokens = 3 }, default);
        Assert.Contains("None of the 12 examples", Assert.Throws<PixelisException>(() => stream.Next(default)).Message);
    }

    [Fact]
    public void Micro_batches_keep_both_limits()
    {
        using BatchStream stream = Open(Options with { BatchSize = 12 }, default);
        IReadOnlyList<PreparedExample> batch = stream.Next(default);
        IReadOnlyList<PreparedExample>[] parts = [.. MicroBatches.Of(batch, new SftDataOptions { MicroBatchSize = 5, MicroBatchTokens = 45 })];
        Assert.Equal(batch, parts.SelectMany(p => p));
        Assert.All(parts, p => Assert.True(p.Count <= 5 && p.Count * p.Max(e => e.Conversation.Length) <= 45));
        Assert.Single(MicroBatches.Of(batch, new SftDataOptions()));
        Assert.Equal(12, MicroBatches.Of(batch, new SftDataOptions { MicroBatchTokens = 1 }).Count());
        IReadOnlyList<PreparedExample>[] packed = [.. MicroBatches.Of(batch, new SftDataOptions { MicroBatchTokens = 45, Packing = true })];
        Assert.Equal(batch, packed.SelectMany(p => p));
        Assert.All(packed, p => Assert.True(p.Sum(e => e.Conversation.Length) <= 45));
        Assert.True(packed.Length <= MicroBatches.Of(batch, new SftDataOptions { MicroBatchTokens = 45 }).Count());
    }

    private static List<string> Take(SftDataOptions options, BatchPlace place, int count)
    {
        using BatchStream stream = Open(options, place);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join('|', stream.Next(default).Select(e => string.Concat(e.Conversation.TokenIds.Select(id => (char)id)))))];
    }

    private static BatchStream Open(SftDataOptions options, BatchPlace place, IExampleStream? source = null) =>
        new(source ?? new ShuffledExamples(Corpus.Sums(50), 7), new ExamplePreparer(new CharacterProcessor(), options.MaxTokens), options, place);
}
