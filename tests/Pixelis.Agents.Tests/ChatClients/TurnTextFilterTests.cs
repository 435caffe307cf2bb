using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Pixelis.Agents.ChatClients;

namespace Pixelis.Agents.Tests.ChatClients;

public class TurnTextFilterTests
{
    [Theory]
    [InlineData("plain", "plain", "")]
    [InlineData("a<tool_call>{}</tool_call>b", "ab", "")]
    [InlineData("<think>why</think>because", "because", "why")]
    [InlineData("a < b <tool", "a < b <tool", "")]
    [InlineData("x<tool_call>never closed", "x", "")]
    [InlineData("<think>never closed", "", "never closed")]
    [InlineData("<think>a<tool_call>b</think>c", "c", "a<tool_call>b")]
    [InlineData("</think>stray", "</think>stray", "")]
    public void Text_reasoning_and_calls_are_told_apart(string turn, string text, string reasoning) =>
        Assert.Equal((text, reasoning), Filter([turn]));

    [Fact]
    public void It_does_not_matter_how_a_turn_is_cut_into_pieces()
    {
        Gen<string> word = Gen.Elements("<tool_call>", "</tool_call>", "<think>", "</think>", "<", "a", " ", "</", "{\"name\": 1}");
        var turns = word.ListOf(12).Select(string.Concat).SelectMany(turn => Gen.Choose(1, 7).ListOf(200).Select(cuts => (turn, cuts.ToArray())));
        Prop.ForAll(turns.ToArbitrary(), cut => Filter(Pieces(cut.turn, cut.Item2)).Equals(Filter([cut.turn]))).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Pieces(string turn, int[] lengths)
    {
        int at = 0;
        for (int i = 0; at < turn.Length; i++)
        {
            int n = Math.Min(lengths[i % lengths.Length], turn.Length - at);
            yield return turn.Substring(at, n);
            at += n;
        }
    }

    private static (string Text, string Reasoning) Filter(IEnumerable<string> pieces)
    {
        var filter = new TurnTextFilter();
        AIContent[] all = [.. pieces.SelectMany(filter.Push), .. filter.End()];
        return (string.Concat(all.OfType<TextContent>().Select(t => t.Text)), string.Concat(all.OfType<TextReasoningContent>().Select(t => t.Text)));
    }
}
