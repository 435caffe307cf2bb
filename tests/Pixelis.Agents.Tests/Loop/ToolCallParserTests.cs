using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Pixelis.Agents.Loop;

namespace Pixelis.Agents.Tests.Loop;

public class ToolCallParserTests
{
    private static string Wrap(string body) => $"{ToolCallParser.Open}{body}{ToolCallParser.Close}";

    [Fact]
    public void A_turn_without_calls_has_none() => Assert.Empty(ToolCallParser.Parse("The answer is \\boxed{3}."));

    [Fact]
    public void Calls_are_read_in_order_with_their_arguments()
    {
        string turn = "look " + Wrap("\n{\"name\": \"ZOOM_IN\", \"arguments\": {\"bbox_2d\": [1, 2, 3, 4]}}\n") + " and " + Wrap("{\"name\":\"READ_TEXT\"}");
        IReadOnlyList<ParsedToolCall> calls = ToolCallParser.Parse(turn);
        Assert.Equal(["ZOOM_IN", "READ_TEXT"], calls.Select(c => c.Call!.Name));
        Assert.Equal([1, 2, 3, 4], calls[0].Call!.Arguments.GetProperty("bbox_2d").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Empty(calls[1].Call!.Arguments.EnumerateObject());
    }

    [Theory]
    [InlineData("{\"name\": \"A\", \"arguments\": {\"x\": NaN}}", "not valid JSON")]
    [InlineData("{\"name\": \"A\"", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("[1]", "JSON object")]
    [InlineData("{\"arguments\": {}}", "\"name\"")]
    [InlineData("{\"name\": 3}", "\"name\"")]
    [InlineData("{\"name\": \"A\", \"arguments\": [1]}", "\"arguments\"")]
    [InlineData("{\"name\": \"A\", \"arguments\": \"not json\"}", "not valid JSON")]
    public void What_cannot_be_read_becomes_a_message(string body, string part)
    {
        ParsedToolCall call = Assert.Single(ToolCallParser.Parse(Wrap(body)));
        Assert.Null(call.Call);
        Assert.Contains(part, call.Problem);
    }

    [Fact]
    public void An_unfinished_call_is_told() => Assert.Contains("not finished", Assert.Single(ToolCallParser.Parse("x <tool_call>{\"name\"")).Problem);

    [Fact]
    public void Arguments_quoted_once_more_are_read()
    {
        ParsedToolCall call = Assert.Single(ToolCallParser.Parse(Wrap("{\"name\": \"A\", \"arguments\": \"{\\\"x\\\": 1}\"}")));
        Assert.Equal(1, call.Call!.Arguments.GetProperty("x").GetInt32());
    }

    [Fact]
    public void Ten_megabytes_and_a_depth_of_a_thousand_get_a_message_and_little_time()
    {
        var clock = Stopwatch.StartNew();
        string large = Wrap("{\"name\": \"A\", \"arguments\": {\"x\": \"" + new string('a', 10_000_000) + "\"}}");
        string deep = Wrap("{\"name\": \"A\", \"arguments\": " + string.Concat(Enumerable.Repeat("{\"x\":", 1000)) + "1" + new string('}', 1001));
        Assert.Contains("at most", Assert.Single(ToolCallParser.Parse(large)).Problem);
        Assert.NotNull(Assert.Single(ToolCallParser.Parse(deep)).Problem);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        Gen<string> piece = Gen.OneOf(
            Gen.Elements("<tool_call>", "</tool_call>", "{\"name\":", "\"ZOOM_IN\"", ",\"arguments\":", "{", "}", "[", "]", "\"", "\\", "NaN", "1e308", "\u0000", "\ud800", "\n"),
            ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));
        Gen<string> text = piece.ListOf().Select(string.Concat);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(text.ToArbitrary(), t =>
        {
            foreach (ParsedToolCall call in ToolCallParser.Parse(t))
                Assert.True(call.Call is null != call.Problem is null);
        }));
    }
}
