namespace Pixelis.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("ask")]
    [InlineData("audit")]
    [InlineData("audit key")]
    [InlineData("audit verify")]
    [InlineData("doctor")]
    [InlineData("evaluate")]
    [InlineData("evaluate compare")]
    [InlineData("model")]
    [InlineData("model inspect")]
    [InlineData("model random")]
    [InlineData("online")]
    [InlineData("online erase")]
    [InlineData("online rollback")]
    [InlineData("online versions")]
    [InlineData("online why")]
    [InlineData("tools")]
    [InlineData("tools list")]
    [InlineData("tools run")]
    [InlineData("tools score")]
    [InlineData("serve")]
    [InlineData("train")]
    [InlineData("train sft")]
    [InlineData("train rft")]
    [InlineData("train ttrl")]
    [InlineData("model ranks")]
    [InlineData("model merge")]
    [InlineData("rewards")]
    [InlineData("rewards explain")]
    [InlineData("rewards probe")]
    public async Task Help_teaches_by_example(string verb)
    {
        var help = await PixelisTool.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  pixelis ", help.Output, StringComparison.Ordinal);
        Assert.Contains("130 stopped by Ctrl-C", help.Output, StringComparison.Ordinal);
        Assert.Equal("", help.Error);
    }

    [Fact]
    public async Task Version_is_told()
    {
        var version = await PixelisTool.RunAsync("--version");
        Assert.Equal(0, version.ExitCode);
        Assert.StartsWith("0.1.0", version.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-verb")]
    [InlineData("ask")]
    [InlineData("ask --model")]
    [InlineData("ask --model x --no-such-option y question")]
    [InlineData("ask --model x --temperature warm question")]
    [InlineData("ask --model x --temperature -1 question")]
    [InlineData("ask --model x --top-p 0 question")]
    [InlineData("ask --model x --max-new-tokens 0 question")]
    [InlineData("ask --model x --threads 0 question")]
    [InlineData("ask --model x --device tpu question")]
    [InlineData("ask --model x --dtype int4 question")]
    [InlineData("model random --like gpt-5 --out x")]
    [InlineData("model random --like tiny")]
    [InlineData("model inspect")]
    [InlineData("audit verify")]
    [InlineData("audit verify x")]
    [InlineData("audit verify x --key y --key-env Z")]
    [InlineData("rewards explain")]
    [InlineData("rewards explain x --answer 7 --data y")]
    [InlineData("rewards explain x --example y")]
    [InlineData("rewards explain x --reward happiness")]
    [InlineData("rewards probe --grader guess")]
    [InlineData("rewards probe --answer 7")]
    [InlineData("rewards probe x")]
    [InlineData("rewards probe --group 0")]
    public async Task Wrong_command_lines_end_with_2_and_an_explanation(string line)
    {
        var result = await PixelisTool.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("pixelis: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("x"));
    }
}
