namespace Pixelis.Agents.Tests;

public class PixelisAgentOverTests
{
    [Fact]
    public async Task Another_model_is_asked_with_the_same_tools_and_settings_and_stays_the_caller_s()
    {
        var first = new ScriptedModel(_ => "one");
        var second = new ScriptedModel(m => m[^1].Role == Role.Tool ? $"it is {m[^1].Text}" : """<tool_call>{"name": "add", "arguments": {"a": 3, "b": 4}}</tool_call>""") { Name = "other" };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(first).WithTool((int a, int b) => a + b, "add").WithSystemPrompt("Be brief.").Build();
        await using (PixelisAgent other = agent.Over(second))
        {
            AgentAnswer answer = await other.AskAsync("3 + 4?");
            Assert.Contains("7", answer.Text, StringComparison.Ordinal);
            Assert.Equal(("other", "Be brief."), (other.ModelName, answer.Trajectory.SystemPrompt));
            Assert.Equal(agent.Settings.Tools, other.Settings.Tools);
        }
        Assert.Equal(0, second.Disposals);
        Assert.Equal("one", (await agent.AskAsync("?")).Text);
        Assert.Throws<ArgumentNullException>(() => agent.Over(null!));
    }
}
