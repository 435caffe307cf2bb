using System.Diagnostics;
using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Benchmarks.Agent;

/// <summary>A tool that does as good as nothing and says how long that took.</summary>
internal sealed class ProbeTool(PixelImage? picture) : ITool
{
    private readonly ToolResult _result = new() { Text = "Nothing to see.", Images = picture is null ? [] : [new ToolImage(picture, 1)] };
    private long _ticks;

    /// <summary>Stopwatch ticks spent inside since the last call of <see cref="Take"/>.</summary>
    public long Take() => Interlocked.Exchange(ref _ticks, 0);

    public ToolDefinition Definition { get; } = new("probe", "Does nothing.", JsonElement.Parse(
        """{"type": "object", "properties": {"bbox_2d": {"type": "array", "items": {"type": "number"}, "description": "A box."}}}"""));

    public ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        _ = arguments.GetProperty("bbox_2d").GetArrayLength();
        Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - start);
        return new ValueTask<ToolResult>(_result);
    }
}
