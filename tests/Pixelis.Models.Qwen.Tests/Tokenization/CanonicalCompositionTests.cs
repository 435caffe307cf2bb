using FsCheck.Fluent;
using Pixelis.Models.Qwen.Tokenization.Normalization;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

public class CanonicalCompositionTests
{
    [Theory]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("Cafe\u0301", "Caf\u00E9")]
    [InlineData("a\u0308\u0323", "\u1EA1\u0308")] // marks are ordered first: the dot below joins, the diaeresis stays
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("\u212B", "\u00C5")] // singleton
    [InlineData("\u2126", "\u03A9")]
    [InlineData("\uF900", "\u8C48")]
    [InlineData("\U0002F800", "\u4E3D")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")] // lead, vowel, trail
    [InlineData("\uD558\u11AB", "\uD55C")] // open syllable and trail
    [InlineData("\uD55C\u11AB", "\uD55C\u11AB")] // a closed syllable takes no second trail
    [InlineData("\u0958", "\u0915\u093C")] // composition exclusion
    [InlineData("\u0344", "\u0308\u0301")] // decomposition that starts with a mark
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011099\U000110BA", "\U0001109A")] // composes beyond the basic plane
    [InlineData("a\u05AE\u0300b", "\u00E0\u05AEb")] // a mark of a lower class in between does not block
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0301e", "\u0301e")] // a mark without a starter
    public void Text_is_brought_to_form_C(string text, string expected) => Assert.Equal(expected, CanonicalComposition.Normalize(text));

    [Fact]
    public void Unpaired_surrogates_are_replaced()
    {
        // Not inline data: attributes are stored as UTF-8 and cannot hold them.
        Assert.Equal("\uFFFDx\uFFFD", CanonicalComposition.Normalize("\uD800x\uDC00"));
        Assert.Equal("ok \uD83D\uDE00 \uFFFD", CanonicalComposition.Normalize("ok \uD83D\uDE00 \uD83D"));
    }

    [Fact]
    public void Text_that_is_in_form_C_already_is_returned_as_it_is()
    {
        const string text = "Größe, 中文, 한국어, \uD83D\uDE00 and e\u0323\u0302 not";
        string composed = CanonicalComposition.Normalize(text);
        Assert.Same(composed, CanonicalComposition.Normalize(composed));
    }

    [Fact]
    public void A_very_long_run_of_marks_is_ordered_in_bearable_time()
    {
        string marks = string.Concat(Enumerable.Range(0, 200_000).Select(i => i % 2 == 0 ? '\u0301' : '\u0323'));
        string composed = CanonicalComposition.Normalize("x" + marks);
        Assert.Equal("x" + new string('\u0323', 100_000) + new string('\u0301', 100_000), composed);
    }

    [Fact]
    public void Normalising_twice_changes_nothing_and_parts_join_at_starters()
    {
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Texts.Any, text =>
        {
            string composed = CanonicalComposition.Normalize(text);
            // A space composes with nothing here, so what is left and right of it is independent.
            return CanonicalComposition.Normalize(composed) == composed
                && CanonicalComposition.Normalize(text + " " + text) == composed + " " + composed;
        }));
    }
}
