using System.Text.Json;
using Pixelis.Tools;
using Xunit;

namespace Pixelis.Testing;

/// <summary>
/// What every tool must hold, whoever wrote it. Inherit it, make the tool, name arguments that work and arguments that do not;
/// xunit then runs all of it.
/// </summary>
public abstract class ToolConformance
{
    /// <summary>Makes the tool under test.</summary>
    protected abstract ITool CreateTool();

    /// <summary>Pictures or videos for a call that works, numbered from 1.</summary>
    protected abstract IReadOnlyList<NumberedVisual> Inputs { get; }

    /// <summary>Arguments of a call that works on <see cref="Inputs"/>.</summary>
    protected abstract string GoodArguments { get; }

    /// <summary>Argument objects the tool must answer with a message, beside those every tool must refuse.</summary>
    protected virtual IReadOnlyList<string> BadArguments => [];

    /// <summary>Makes an episode over <see cref="Inputs"/>.</summary>
    protected virtual ToolContext CreateContext() => new() { Inputs = Inputs };

    /// <summary>Name, description, and a described schema of an object.</summary>
    [Fact]
    public void The_definition_says_what_a_model_needs()
    {
        ToolDefinition definition = CreateTool().Definition;
        Assert.Matches("^[A-Za-z_][A-Za-z0-9_-]{0,63}$", definition.Name);
        Assert.True(definition.Description.Length >= 10);
        Assert.Equal("object", definition.Parameters.GetProperty("type").GetString());
        foreach (JsonProperty property in definition.Parameters.GetProperty("properties").EnumerateObject())
            Assert.False(string.IsNullOrEmpty(property.Value.GetProperty("description").GetString()), property.Name);
    }

    /// <summary>The good call uses described arguments only, and all that are required.</summary>
    [Fact]
    public void Arguments_that_work_are_in_the_schema()
    {
        JsonElement schema = CreateTool().Definition.Parameters;
        JsonElement good = JsonElement.Parse(GoodArguments);
        foreach (JsonProperty argument in good.EnumerateObject())
            Assert.True(schema.GetProperty("properties").TryGetProperty(argument.Name, out _), argument.Name);
        if (!schema.TryGetProperty("required", out JsonElement required))
            return;
        foreach (JsonElement name in required.EnumerateArray())
            Assert.True(good.TryGetProperty(name.GetString()!, out _), name.GetString());
    }

    /// <summary>Text, pictures and data of the good call do not change from one call to the next.</summary>
    [Fact]
    public async Task A_good_call_succeeds_twice_with_the_same_result()
    {
        ITool tool = CreateTool();
        ToolResult first = await Call(tool, GoodArguments), second = await Call(tool, GoodArguments);
        Assert.False(first.IsError, first.Text);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Images.Select(i => i.Image.ContentHash), second.Images.Select(i => i.Image.ContentHash));
        Assert.Equal(first.Data?.GetRawText(), second.Data?.GetRawText());
    }

    /// <summary>Arguments that are no object, that name pictures which are not there, and <see cref="BadArguments"/>, get a message.</summary>
    [Fact]
    public async Task Bad_arguments_become_messages()
    {
        string[] always = ["[]", "3", "\"text\"", "null", "{\"target_image\": 99, \"target_video\": 99, \"bbox_2d\": [0, 0, 1, 1], \"point_2d\": [0, 0]}"];
        foreach (string arguments in always.Concat(BadArguments))
        {
            ToolResult result = await Call(CreateTool(), arguments);
            Assert.True(result.IsError, $"{arguments} gave: {result.Text}");
            Assert.NotEmpty(result.Text);
        }
    }

    /// <summary>An episode without pictures gets a message.</summary>
    [Fact]
    public async Task No_pictures_at_all_is_a_message() =>
        Assert.True((await CreateTool().InvokeAsync(JsonElement.Parse(GoodArguments), new ToolContext { Inputs = [] })).IsError);

    /// <summary>A call whose token is cancelled ends with <see cref="OperationCanceledException"/>.</summary>
    [Fact]
    public async Task A_cancelled_call_ends() => await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        await CreateTool().InvokeAsync(JsonElement.Parse(GoodArguments), CreateContext(), new CancellationToken(canceled: true)));

    /// <summary>The good call stays within the budget that the tool declares.</summary>
    [Fact]
    public async Task A_declared_budget_is_enough_for_the_good_call()
    {
        ITool tool = CreateTool();
        Assert.True(tool.Budget.Time > TimeSpan.Zero && tool.Budget.Pixels >= 1);
        ToolResult alone = await Call(tool, GoodArguments), bounded = await Call(tool.WithBudget(), GoodArguments);
        Assert.False(bounded.IsError, bounded.Text);
        Assert.Equal(alone.Text, bounded.Text);
    }

    /// <summary>A call that may not spend anything gets a message that says so.</summary>
    [Fact]
    public async Task A_call_without_time_or_pixels_gets_a_message()
    {
        ToolResult late = await Call(CreateTool().WithBudget(new ToolBudget { Time = TimeSpan.FromTicks(1) }), GoodArguments);
        Assert.True(late.IsError, late.Text);
        Assert.Contains("took longer", late.Text);
        int pictures = (await Call(CreateTool(), GoodArguments)).Images.Count;
        ToolResult large = await Call(CreateTool().WithBudget(new ToolBudget { Pixels = 1 }), GoodArguments);
        Assert.Equal(pictures > 0, large.IsError);
        Assert.Equal(pictures > 0, large.Text.Contains("pixels", StringComparison.Ordinal) && large.Images.Count == 0 && large.IsError);
    }

    /// <summary>Pictures and clips of the episode are not changed.</summary>
    [Fact]
    public async Task Inputs_are_left_as_they_were()
    {
        string[] before = [.. Inputs.Select(Hash)];
        ToolContext context = CreateContext();
        await CreateTool().InvokeAsync(JsonElement.Parse(GoodArguments), context);
        Assert.Equal(before, context.Inputs.Select(Hash).Take(before.Length));
    }

    /// <summary>Four calls at once give what one gives.</summary>
    [Fact]
    public async Task Calls_at_the_same_time_agree()
    {
        ITool tool = CreateTool();
        string alone = (await Call(tool, GoodArguments)).Text;
        ToolResult[] together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Call(tool, GoodArguments))));
        Assert.All(together, r => Assert.Equal(alone, r.Text));
    }

    /// <summary>Data and annotations are the same after a round trip through JSON.</summary>
    [Fact]
    public async Task Results_survive_json()
    {
        ToolResult result = await Call(CreateTool(), GoodArguments);
        if (result.Data is { } data)
            Assert.Equal(data.GetRawText(), JsonElement.Parse(data.GetRawText()).GetRawText());
        foreach (ToolAnnotation annotation in result.Annotations)
        {
            string json = JsonSerializer.Serialize(annotation);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ToolAnnotation>(json)));
        }
    }

    /// <summary>Runs a call in an episode of its own.</summary>
    protected async Task<ToolResult> Call(ITool tool, string arguments)
    {
        ArgumentNullException.ThrowIfNull(tool);
        using EpisodeState state = new();
        return await tool.InvokeAsync(JsonElement.Parse(arguments), new ToolContext { Inputs = CreateContext().Inputs, State = state });
    }

    private static string Hash(NumberedVisual input) => (input.Image ?? input.Clip!.Frames[0].Image).ContentHash;
}
