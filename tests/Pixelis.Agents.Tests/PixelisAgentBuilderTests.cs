using Pixelis.Generation;

namespace Pixelis.Agents.Tests;

public class PixelisAgentBuilderTests
{
    [Fact]
    public void An_agent_without_a_model_is_refused() =>
        Assert.Contains("WithModel", Assert.Throws<InvalidOperationException>(() => PixelisAgent.Create().Build()).Message);

    [Fact]
    public void A_second_model_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => PixelisAgent.Create().WithModel(Model()).WithModel(Model()));

    [Fact]
    public void Options_outside_their_range_are_refused_before_a_model_is_made()
    {
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(() => throw new InvalidDataException("made")).WithGeneration(new GenerationOptions { TopP = 2 });
        Assert.Throws<ArgumentException>(() => builder.Build());
    }

    [Fact]
    public void Nothing_is_made_before_build()
    {
        int made = 0;
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(() =>
        {
            made++;
            return Model();
        });
        Assert.Equal(0, made);
        builder.Build();
        Assert.Equal(1, made);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tools_that_are_not_announced_can_be_called_all_the_same(bool announced)
    {
        int turn = 0;
        var model = new ScriptedModel(_ => turn++ == 0 ? "<tool_call>\n{\"name\": \"double\", \"arguments\": {\"number\": 21}}\n</tool_call>" : "done");
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(model).WithTool((int number) => number * 2, "double");
        await using PixelisAgent agent = (announced ? builder : builder.WithUnannouncedTools()).Build();
        AgentAnswer answer = await agent.AskAsync("Twice 21?");
        Assert.Equal(announced ? ["double"] : [], model.Tools.Select(t => t.Name));
        Assert.Equal("42", answer.Trajectory.Turns.SelectMany(t => t.Invocations).Single().ResultText);
        Assert.Equal(announced ? 1 : 0, answer.Trajectory.Tools.Count);
    }

    [Fact]
    public async Task A_trajectory_names_the_weights_that_answered()
    {
        var model = new ScriptedModel(_ => "done");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTelemetry().Build();
        Assert.Equal("base", (await agent.AskAsync("?")).Trajectory.PolicyVersion);
        model.PolicyVersion = "step-7";
        Assert.Equal("step-7", (await agent.AskAsync("?")).Trajectory.PolicyVersion);
    }

    [Fact]
    public void After_build_changes_are_refused()
    {
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(Model());
        builder.Build();
        Assert.Throws<InvalidOperationException>(() => builder.WithGeneration(new GenerationOptions()));
        Assert.Throws<InvalidOperationException>(() => builder.WithSystemPrompt("x"));
        Assert.Throws<InvalidOperationException>(() => builder.WithModel(Model()));
        Assert.Throws<InvalidOperationException>(() => builder.Build());
    }

    [Fact]
    public void A_folder_that_is_no_model_is_an_error_that_names_it()
    {
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel("/no/such/model");
        Assert.Contains("/no/such/model", Assert.ThrowsAny<PixelisException>(() => builder.Build()).Message);
    }

    private static ScriptedModel Model() => new(_ => "x");
}
