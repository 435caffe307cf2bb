using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Online.Tests.Voting;

public class VotingFormTests
{
    private static readonly AnswerSpace Animals = AnswerSpace.OfChoices(["a red cat", "a dog", "50%"]);

    private static readonly Gen<string> Written =
        from count in Gen.Choose(1, 6)
        from parts in Gen.Elements(
            "the ", "a ", "(b)", "b. ", "b", "1/2", "50%", "3 cm", "cm", " ", "the answer is ", "\\boxed{", "}", "0.5", "-", "007", "1,200", "option ", "yes", ", ",
            "no", "$", "°c", "three ", "\\frac{1}{3}", "2 1/4", ".", "cat", "\"").ArrayOf(count)
        select string.Concat(parts);

    [Theory]
    [InlineData("1/2", "0.5")]
    [InlineData("3 1/2", "3.5")]
    [InlineData("-1/4", "-.25")]
    [InlineData("2/6", "1/3")]
    [InlineData(@"\frac{1}{3}", "1/3")]
    [InlineData(@"\boxed{7}", "7")]
    [InlineData("$12$", "12.0")]
    [InlineData("50%", "1/2")]
    [InlineData("50 percent", "0.5")]
    [InlineData("1,200.50", "1200.5")]
    [InlineData("3 cm", "3cm")]
    [InlineData("3 cm", "0.03 m")]
    [InlineData("30 mm", "3 centimetres")]
    [InlineData("1/2 hour", "30 min")]
    [InlineData("36 km/h", "10 m/s")]
    [InlineData("12 in", "1 ft")]
    [InlineData("25 °C", "25 degrees celsius")]
    [InlineData("The answer is 7.", "7")]
    [InlineData("So the final answer is: the cat", "Cat")]
    [InlineData("(B)", "b.")]
    [InlineData("(B)", "Option B: cat")]
    [InlineData("STOP", "\"stop\"")]
    [InlineData("  a cat ", "The Cat!")]
    public void What_means_the_same_is_counted_together(string one, string other)
    {
        Assert.Equal(VotingForm.Of(one), VotingForm.Of(other));
        Assert.True(VotingForm.AreSame(one, other));
    }

    [Theory]
    [InlineData("1/3", "0.333")] // no tolerance
    [InlineData("3", "3 cm")] // the unit may be the point
    [InlineData("50%", "50")]
    [InlineData("007", "7")] // a code
    [InlineData("007/2", "3.5")]
    [InlineData("1/0", "0")]
    [InlineData("01/02/2020", "1/2")]
    [InlineData("5 ft 3 in", "5 ft")]
    [InlineData("5 tons", "5 t")]
    [InlineData("one", "1")] // a sign that says "one"
    [InlineData("a", "")] // an article alone is an answer
    [InlineData("a red car", "a")]
    [InlineData("25 °c", "25 °f")]
    [InlineData("cat", "cats")]
    public void What_may_differ_is_counted_apart(string one, string other)
    {
        Assert.NotEqual(VotingForm.Of(one), VotingForm.Of(other));
        Assert.False(VotingForm.AreSame(one, other));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("...")]
    [InlineData("\"\"")]
    [InlineData("$ $")]
    public void What_says_nothing_has_no_form_and_is_like_nothing(string? answer)
    {
        Assert.Equal("", VotingForm.Of(answer));
        Assert.False(VotingForm.AreSame(answer, answer));
    }

    [Theory]
    [InlineData("A", "a")]
    [InlineData("a.", "a")]
    [InlineData("(A) a red cat", "a")]
    [InlineData("option a: red cat", "a")]
    [InlineData("The red cat", "a")]
    [InlineData("a dog", "b")]
    [InlineData("b: dog", "b")]
    [InlineData("0.5", "c")]
    [InlineData("(A) a dog", "(a) a dog")] // names two
    [InlineData("d", "d")] // no choice, and so an answer of its own
    [InlineData("a bird", "bird")]
    public void Choices_are_named_by_letter_or_text(string answer, string form) => Assert.Equal(form, VotingForm.Of(answer, Animals));

    [Theory]
    [InlineData("Yes, it is.", "yes")]
    [InlineData("NO", "no")]
    [InlineData("no idea", "no idea")]
    [InlineData("No, wait, yes", "no, wait, yes")]
    public void Yes_and_no_are_read_where_they_are_asked_for(string answer, string form) => Assert.Equal(form, VotingForm.Of(answer, AnswerSpace.YesNo));

    [Theory]
    [InlineData("three", "3")]
    [InlineData("Three red cars", "3")]
    [InlineData("3 cars.", "3")]
    [InlineData("none", "0")]
    [InlineData("two or three", "two or three")]
    [InlineData("two hundred cars", "two hundred cars")]
    [InlineData("3 cm", "0.03 m")]
    public void Counts_are_read_where_things_are_counted(string answer, string form) => Assert.Equal(form, VotingForm.Of(answer, AnswerSpace.SmallCount));

    [Fact]
    public void A_form_is_its_own_form()
    {
        foreach (AnswerSpace space in new[] { AnswerSpace.Open, AnswerSpace.YesNo, AnswerSpace.SmallCount, AnswerSpace.OfChoices(4), Animals, AnswerSpace.Closed(3) })
        {
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Written.ToArbitrary(), text =>
            {
                string form = VotingForm.Of(text, space);
                Assert.Equal(form, VotingForm.Of(form, space));
            }));
        }
    }

    [Fact]
    public void Long_prose_and_numbers_beyond_bounds_stay_text()
    {
        string prose = new('x', 100_000), digits = new('9', 60);
        Assert.Equal(prose, VotingForm.Of(prose.ToUpperInvariant()));
        Assert.Equal(digits, VotingForm.Of(digits));
        Assert.Equal("1/12345678901", VotingForm.Of("1/12345678901"));
    }
}
