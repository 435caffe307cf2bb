using Pixelis.Agents.Dialects;
using Pixelis.Generation;
using Pixelis.TestKit;

namespace Pixelis.Agents.Tests;

public class AgentProfileTests
{
    [Fact]
    public void A_folder_without_the_file_has_no_profile()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(AgentProfile.Load(folder.Path));
    }

    [Fact]
    public void What_is_saved_is_read_again()
    {
        using var folder = new TemporaryFolder();
        var profile = new AgentProfile
        {
            Dialect = AgentDialect.PixelReasoner, AnnouncesTools = false, Tools = ["ZOOM_IN"], MaxTurns = 4, MaxToolCalls = 0, MaxNewTokens = 96, SystemPrompt = "Look.",
        };
        profile.Save(folder.Path);
        AgentProfile read = AgentProfile.Load(folder.Path)!;
        Assert.Equal(profile.Tools, read.Tools);
        Assert.Equal(profile, read with { Tools = profile.Tools });
    }

    [Theory]
    [InlineData("""{"dialect": "klingon"}""", "field 'dialect': there is no dialect 'klingon'; expected one of pixelis, pixel-reasoner")]
    [InlineData("""{"max_turns": 0}""", "field 'max_turns': is 0; at least 1")]
    [InlineData("""{"max_tool_calls": -1}""", "field 'max_tool_calls'")]
    [InlineData("""{"max_new_tokens": 0}""", "field 'max_new_tokens'")]
    [InlineData("""{"max_new_tokens": "many"}""", "field 'max_new_tokens'")]
    [InlineData("""{"tools": null}""", "'tools'")]
    [InlineData("""{"tools": [" "]}""", "field 'tools'")]
    [InlineData("""{"schema": "other/1"}""", "field 'schema'")]
    [InlineData("null", "a JSON object was expected")]
    [InlineData("{", "not what was expected")]
    public void A_broken_file_is_refused_by_name_and_field(string json, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[AgentProfile.FileName], json);
        var error = Assert.Throws<ModelFormatException>(() => AgentProfile.Load(folder.Path));
        Assert.Contains(message, error.Message);
        Assert.Contains(AgentProfile.FileName, error.Message);
    }

    [Fact]
    public async Task An_agent_follows_it()
    {
        var profile = new AgentProfile { AnnouncesTools = false, MaxTurns = 2, MaxToolCalls = 1, MaxNewTokens = 50, SystemPrompt = "Look." };
        var model = new ScriptedModel(messages => messages.Count(m => m.Role == Role.Assistant) == 0
            ? "<tool_call>\n{\"name\": \"double\", \"arguments\": {\"value\": 2}}\n</tool_call>" : "4")
        { ContextLength = 10_000 };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithProfile(profile with { MaxNewTokens = 100 })
            .WithTool((int value) => value * 2, "double").Build();
        AgentAnswer answer = await agent.AskAsync("twice 2?");
        Assert.Equal("4", answer.Text);
        Assert.Empty(model.Tools);
        Assert.Equal("4", answer.Trajectory.Turns[2].Invocations[0].ResultText);
        Assert.Empty(answer.Trajectory.Tools);
        Assert.Equal("Look.", answer.Trajectory.SystemPrompt);
        Assert.Equal((2, 1, 100), (agent.Settings.Limits.MaxTurns, agent.Settings.Limits.MaxToolCalls, agent.Settings.Generation.MaxNewTokens));
        Assert.False(agent.Settings.AnnouncesTools);
        Assert.Equal(["double"], agent.Settings.Tools);
    }

    [Fact]
    public void What_the_builder_is_told_wins()
    {
        var profile = new AgentProfile { MaxTurns = 2, MaxNewTokens = 50, SystemPrompt = "Look.", Dialect = AgentDialect.PixelReasoner };
        using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => "x")).WithProfile(profile).WithUnannouncedTools()
            .WithTool((int value) => value, "same").WithDialect(AgentDialect.Pixelis).WithLimits(new AgentLimits { MaxTurns = 5 })
            .WithGeneration(new GenerationOptions { MaxNewTokens = 7 }).WithSystemPrompt("Think.").Build();
        Assert.Equal(("pixelis", 5, 7, "Think.", false), (agent.Settings.Dialect, agent.Settings.Limits.MaxTurns, agent.Settings.Generation.MaxNewTokens, agent.Settings.SystemPrompt, agent.Settings.AnnouncesTools));
    }

    [Fact]
    public void The_folder_of_a_model_is_asked_for_its_profile()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[AgentProfile.FileName], """{"dialect": "klingon"}""");
        var error = Assert.Throws<ModelFormatException>(() => PixelisAgent.Create().WithModel(folder.Path).Build());
        Assert.Contains("klingon", error.Message);
    }
}
