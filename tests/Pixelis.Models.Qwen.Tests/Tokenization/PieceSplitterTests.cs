using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

public class PieceSplitterTests
{
    private static readonly Regex Reference = new(PieceSplitter.Pattern, RegexOptions.CultureInvariant);

    [Theory]
    [InlineData("I'm  here", "I|'m| | here")]
    [InlineData("WE'LL'x", "WE|'LL|'x")]
    [InlineData("'\u017Fo", "'\u017F|o")]
    [InlineData("a1234", "a|1|2|3|4")]
    [InlineData("tab\tword\t!", "tab|\tword|\t|!")]
    [InlineData("x \n\n  y", "x| \n\n| | y")]
    [InlineData("end   ", "end|   ")]
    [InlineData("a!!\r\n\r\nb", "a|!!\r\n\r\n|b")]
    [InlineData(" \U00010400\U00010401!", " \U00010400\U00010401|!")]
    [InlineData("\U0001D7D8\U0001D7D9", "\U0001D7D8|\U0001D7D9")]
    [InlineData("!\U00010400", "!\U00010400")]
    [InlineData("\U0001F600\U00010400", "\U0001F600\U00010400")]
    [InlineData("e\u0301a", "e|\u0301a")]
    public void Pieces_are_those_of_the_rule(string text, string pieces) => Assert.Equal(pieces.Split('|'), Split(text));

    [Fact]
    public void The_scanner_equals_the_regex_on_texts_within_the_basic_plane()
    {
        // .NET's Regex works on UTF-16 units and does not fold long s, so those are tested by example above.
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Texts.WellFormed, text =>
        {
            string basic = string.Concat(text.Where(c => !char.IsSurrogate(c) && c != '\u017F'));
            return Reference.Matches(basic).Select(m => m.Value).SequenceEqual(Split(basic));
        }));
    }

    [Fact]
    public void Letters_beyond_the_basic_plane_split_like_letters_within()
    {
        // Each supplementary character stands in for a BMP character of its class; the split places must agree.
        (string Supplementary, char Basic)[] pairs = [("\U00010400", 'a'), ("\U0001D7D8", '7'), ("\U0001F600", '!')];
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Texts.WellFormed, text =>
        {
            string basic = string.Concat(text.Where(c => c < 0x80));
            string supplementary = pairs.Aggregate(basic, (t, p) => t.Replace(p.Basic.ToString(), p.Supplementary, StringComparison.Ordinal));
            IEnumerable<string> pieces = Split(supplementary).Select(s => pairs.Aggregate(s, (t, p) => t.Replace(p.Supplementary, p.Basic.ToString(), StringComparison.Ordinal)));
            return pieces.SequenceEqual(Split(basic));
        }));
    }

    private static List<string> Split(string text)
    {
        var pieces = new List<string>();
        for (int start = 0; start < text.Length;)
        {
            int end = PieceSplitter.NextEnd(text, start);
            pieces.Add(text[start..end]);
            start = end;
        }
        return pieces;
    }
}
