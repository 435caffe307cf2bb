using Pixelis.Evaluation;

namespace Pixelis.Abstractions.Tests.Answers;

public class TextMetricsTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Edit_distance_is_levenshteins(string a, string b, int expected) => Assert.Equal(expected, TextMetrics.EditDistance(a, b));

    [Fact]
    public void Text_is_folded_before_it_is_compared()
    {
        Assert.Equal("it's \"a\" fine-tuned test", TextMetrics.Fold("  it’s “a”\n ﬁne–tuned \t test "));
        Assert.Equal(0.25, TextMetrics.CharacterErrorRate("abxd", "abcd"), 1e-12);
        Assert.Equal(0, TextMetrics.LooseErrorRate("A b C", "abc"));
        Assert.Equal(3, TextMetrics.CharacterErrorRate("aaaa", "b") - 1, 1e-12);
    }

    [Fact]
    public void Recall_counts_words_as_multisets() =>
        Assert.Equal(0.75, TextMetrics.WordRecall("The dog the x", "the the the DOG y"), 1e-12);
}
