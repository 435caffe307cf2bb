using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pixelis.Generation.Stopping;

namespace Pixelis.Generation.Tests.Stopping;

public class StopStringMatcherTests
{
    private static readonly Gen<string> Text = Gen.Elements('a', 'b', 'c').ArrayOf().Select(c => new string(c));

    [Fact]
    public void Text_is_held_back_only_while_it_may_become_a_stop_string()
    {
        var matcher = new StopStringMatcher(["</answer>"]);
        Assert.Equal("x", matcher.Append("x</"));
        Assert.Equal("", matcher.Append("ans"));
        Assert.Equal("</ansX", matcher.Append("X"));
        Assert.Equal("y", matcher.Append("y</answer>z"));
        Assert.True(matcher.Stopped);
        Assert.Equal("", matcher.Append("more"));
        Assert.Equal("", matcher.Flush());
    }

    [Fact]
    public void An_unfinished_beginning_comes_out_at_the_end()
    {
        var matcher = new StopStringMatcher(["stop"]);
        Assert.Equal("a", matcher.Append("asto"));
        Assert.Equal("sto", matcher.Flush());
    }

    [Fact]
    public void Without_stop_strings_nothing_is_held() => Assert.Equal("abc", new StopStringMatcher([]).Append("abc"));

    [Fact]
    public void However_the_text_is_cut_the_result_is_that_of_a_plain_search() =>
        Prop.ForAll(Text.ArrayOf().ToArbitrary(), Text.Where(s => s.Length > 0).ArrayOf().ToArbitrary(), (pieces, stops) =>
        {
            var matcher = new StopStringMatcher(stops);
            var shown = new StringBuilder();
            foreach (string piece in pieces)
                shown.Append(matcher.Append(piece));
            shown.Append(matcher.Flush());
            (string text, bool stopped) = Reference(string.Concat(pieces), stops);
            return shown.ToString() == text && matcher.Stopped == stopped;
        }).QuickCheckThrowOnFailure();

    private static (string Text, bool Stopped) Reference(string text, string[] stops)
    {
        for (int end = 1; end <= text.Length; end++)
        {
            int longest = stops.Where(s => text[..end].EndsWith(s, StringComparison.Ordinal)).Select(s => s.Length).DefaultIfEmpty(0).Max();
            if (longest > 0)
                return (text[..(end - longest)], true);
        }
        return (text, false);
    }
}
