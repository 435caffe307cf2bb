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
