using System.Text.Json;
using Pixelis.Samples;
using Pixelis.Tools;
using Xunit.Sdk;

namespace Pixelis.Testing.Tests;

/// <summary>A user's own tool inherits the suite as a user would.</summary>
public class BrightnessToolTests : ToolConformance
{
    protected override ITool CreateTool() => new BrightnessTool();

    protected override IReadOnlyList<NumberedVisual> Inputs { get; } = [Pictures.Grey];

    protected override string GoodArguments => """{"target_image": 1}""";

    protected override IReadOnlyList<string> BadArguments => ["{}", """{"target_image": "first"}""", """{"target_image": 1.5}""", """{"target_image": 0}"""];
}

public class ToolConformanceTests
{
    [Fact]
    public async Task A_tool_that_throws_or_ignores_its_arguments_does_not_pass()
    {
        await Assert.ThrowsAnyAsync<XunitException>(new CarelessSuite().Bad_arguments_become_messages);
        await Assert.ThrowsAnyAsync<XunitException>(new CarelessSuite().A_cancelled_call_ends);
        await Assert.ThrowsAnyAsync<XunitException>(new CarelessSuite().A_good_call_succeeds_twice_with_the_same_result);
        Assert.ThrowsAny<XunitException>(new CarelessSuite().Arguments_that_work_are_in_the_schema);
    }

    private sealed class CarelessSuite : ToolConformance
    {
        protected override ITool CreateTool() => new CarelessTool();

        protected override IReadOnlyList<NumberedVisual> Inputs { get; } = [Pictures.Grey];

        protected override string GoodArguments => """{"anything": 1}""";
    }

    private sealed class CarelessTool : ITool
    {
        private static int _calls;

        public ToolDefinition Definition { get; } = new("CARELESS", "Takes anything, says anything.", JsonElement.Parse("""{"type": "object", "properties": {}}"""));

        public ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new ToolResult { Text = $"call {Interlocked.Increment(ref _calls)}" });
    }
}

internal static class Pictures
{
    public static NumberedVisual Grey { get; } = new()
    {
        Number = 1, Image = PixelImage.Create(4, 3, PixelFormat.Rgb24, Enumerable.Repeat((byte)90, 36).ToArray()), SeenWidth = 4, SeenHeight = 3, Origin = "question",
    };
}
