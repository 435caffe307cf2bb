using Pixelis.Tools;

namespace Pixelis.Agents.Loop;

/// <summary>The tools of an agent by name and alias. Immutable.</summary>
internal sealed class ToolRegistry
{
    private readonly Dictionary<string, ITool> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PixelisException">Two tools answer to the same name.</exception>
    public ToolRegistry(IEnumerable<ITool> tools, bool announces = true)
    {
        var all = new List<ITool>();
        foreach (ITool tool in tools)
        {
            all.Add(tool);
            foreach (string name in tool.Aliases.Prepend(tool.Definition.Name).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!_byName.TryAdd(name, tool))
                    throw new PixelisException($"Two tools answer to the name '{name}'. Give one of them another name.");
            }
        }
        Tools = all;
        Definitions = [.. all.Select(t => t.Definition)];
        Announced = announces ? Definitions : [];
    }

    public IReadOnlyList<ITool> Tools { get; }

    public IReadOnlyList<ToolDefinition> Definitions { get; }

    /// <summary>The definitions that the model is told.</summary>
    public IReadOnlyList<ToolDefinition> Announced { get; }

    public ITool? Find(string name) => _byName.GetValueOrDefault(name.Trim());

    /// <summary>The message for a name nobody answers to.</summary>
    public string Unknown(string name) => Tools.Count == 0
        ? "There are no tools here. Answer without calling one."
        : $"There is no tool '{Shorten(name)}'. The tools are: {string.Join(", ", Definitions.Select(d => d.Name))}.";

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60] + "...";
}
