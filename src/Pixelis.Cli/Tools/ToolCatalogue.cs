using Pixelis.Agents;
using Pixelis.Agents.Dialects;
using Pixelis.Cli.CommandLine;
using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Cli.Tools;

/// <summary>The tools a command line can name.</summary>
internal static class ToolCatalogue
{
    private static readonly SegmentTool GrabCut = new();

    public static IReadOnlyList<ITool> All { get; } =
        [new ZoomTool(), new SelectFramesTool(), GrabCut, new PropertiesTool(), new ReadTextTool(), new TrackTool()];

    /// <summary>Gives an agent what <c>--tools</c> asks for: <c>all</c>, <c>none</c>, or names and aliases between commas.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="dialect">How the model writes calls.</param>
    /// <param name="sam">The value of <c>--sam</c>; null when it was not given.</param>
    /// <returns>What adds the tools, given the segmenter of <paramref name="sam"/> or null.</returns>
    /// <exception cref="UsageException">A name is unknown, a tool is named twice, the dialect has no such tool, or none segments for <paramref name="sam"/>.</exception>
    public static Action<VisualToolCatalogue, ISegmenter?> Choose(string text, AgentDialect dialect, string? sam)
    {
        ITool[] chosen = dialect == AgentDialect.PixelReasoner ? [] : Read(text);
        RequireSegmentation(sam, chosen);
        if (dialect != AgentDialect.PixelReasoner)
            return (catalogue, segmenter) => Array.ForEach(chosen, tool => catalogue.Add(Over(segmenter, tool)));
        // Its checkpoints were trained with two tools, by these names and with these arguments.
        return text.Trim().ToLowerInvariant() switch
        {
            "none" or "off" => (_, _) => { },
            "all" => (catalogue, _) => catalogue.PixelReasoner(),
            _ => throw new UsageException("--dialect pixel-reasoner brings its own two tools: use --tools all or none."),
        };
    }

    /// <exception cref="UsageException"><c>--sam</c> was given, and none of the tools segments.</exception>
    public static void RequireSegmentation(string? sam, params IEnumerable<ITool> tools)
    {
        if (sam is not null && !tools.Contains(GrabCut))
            throw new UsageException("--sam has a meaning only with the tool segment_object_at.");
    }

    /// <summary>The tool, or SEGMENT_OBJECT_AT over another segmenter, which may take as long as the caller's limit lets it.</summary>
    public static ITool Over(ISegmenter? segmenter, ITool tool) =>
        segmenter is not null && tool == GrabCut ? new SegmentTool(segmenter) { Budget = tool.Budget with { Time = TimeSpan.FromDays(1) } } : tool;

    private static ITool[] Read(string text)
    {
        string asked = text.Trim().ToLowerInvariant();
        if (asked is "none" or "off")
            return [];
        ITool[] chosen = asked == "all" ? [.. All] : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Find)];
        if (chosen.Length == 0)
            throw new UsageException($"--tools names no tool; use all, none, or some of {Names()}.");
        if (chosen.GroupBy(tool => tool).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"--tools names {twice.Key.Definition.Name} twice.");
        return chosen;
    }

    /// <exception cref="UsageException">Nothing has that name.</exception>
    public static ITool Find(string name) =>
        Named(name)
        ?? throw new UsageException($"There is no tool '{name}'; the tools are {Names()}.");

    /// <summary>Whether a tool has that name or alias.</summary>
    public static bool Has(string name) => Named(name) is not null;

    private static ITool? Named(string name) =>
        All.FirstOrDefault(tool => tool.Aliases.Prepend(tool.Definition.Name).Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Names() => string.Join(", ", All.Select(tool => tool.Definition.Name.ToLowerInvariant()));
}
