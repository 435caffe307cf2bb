using System.Text.Json;
using Pixelis.Agents.Dialects;
using Pixelis.Generation;

namespace Pixelis.Agents;

/// <summary>
/// How a model was trained to be talked to: the file <c>pixelis.json</c> in its folder, beside config.json. An agent follows it unless
/// it is told otherwise. It names tools but switches none on: which code a model may run is for the program to say. Immutable.
/// </summary>
public sealed record AgentProfile
{
    /// <summary>The file's name in a model folder.</summary>
    public const string FileName = "pixelis.json";

    /// <summary>How agent and model talk. Default <see cref="AgentDialect.Pixelis"/>.</summary>
    public AgentDialect Dialect { get; init; } = AgentDialect.Pixelis;

    /// <summary>Whether tools are described to the model. Default true; false for a model that knows its tools from training.</summary>
    public bool AnnouncesTools { get; init; } = true;

    /// <summary>Names of the tools it was trained to call; empty (default) when that is not known.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Most turns of an episode, at least 1; null (default) takes the dialect's.</summary>
    public int? MaxTurns { get; init; }

    /// <summary>Most tool calls of an episode, at least 0; null (default) takes the dialect's.</summary>
    public int? MaxToolCalls { get; init; }

    /// <summary>Most tokens of a turn, at least 1; null (default) takes <see cref="GenerationOptions"/>'s.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Standing instructions it was trained with; null (default) for none.</summary>
    public string? SystemPrompt { get; init; }

    internal GenerationOptions Generation => MaxNewTokens is { } most ? new GenerationOptions { MaxNewTokens = most } : new GenerationOptions();

    /// <summary>Reads the profile of a model folder; null when it has none.</summary>
    /// <exception cref="ModelFormatException">The file is not JSON, or a field is not what it must be.</exception>
    public static AgentProfile? Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            return null;
        try
        {
            AgentProfileDocument document = JsonSerializer.Deserialize(File.ReadAllBytes(file), AgentProfileJson.Default.AgentProfileDocument)
                ?? throw new ModelFormatException(file, "the value is null; a JSON object was expected.");
            return Of(document, file);
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(file, $"{(e.Path is { Length: > 2 } path ? $"field '{path[2..]}': " : "")}not what was expected: {e.Message}", e);
        }
    }

    /// <summary>Writes the profile into a model folder.</summary>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Validate();
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(ToDocument(), AgentProfileJson.Default.AgentProfileDocument) + "\n");
    }

    /// <summary>What an episode may spend.</summary>
    internal AgentLimits LimitsOf(AgentDialect dialect)
    {
        AgentLimits limits = dialect.Limits;
        return limits with { MaxTurns = MaxTurns ?? limits.MaxTurns, MaxToolCalls = MaxToolCalls ?? limits.MaxToolCalls };
    }

    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    internal void Validate()
    {
        Require(MaxTurns is null or >= 1, nameof(MaxTurns), "at least 1");
        Require(MaxToolCalls is null or >= 0, nameof(MaxToolCalls), "at least 0");
        Require(MaxNewTokens is null or >= 1, nameof(MaxNewTokens), "at least 1");
        Require(Dialect is not null, nameof(Dialect), "a dialect");
        Require(Tools is not null && Tools.All(t => !string.IsNullOrWhiteSpace(t)), nameof(Tools), "names");
    }

    private static AgentProfile Of(AgentProfileDocument document, string file)
    {
        if (!document.Schema.StartsWith("pixelis.agent/", StringComparison.Ordinal))
            throw new ModelFormatException(file, $"field 'schema': '{document.Schema}' is not one of 'pixelis.agent/...'.");
        AgentDialect dialect = AgentDialect.All.FirstOrDefault(d => d.Name == document.Dialect)
            ?? throw new ModelFormatException(file, $"field 'dialect': there is no dialect '{document.Dialect}'; expected one of {string.Join(", ", AgentDialect.All.Select(d => d.Name))}.");
        RequireAtLeast(1, document.MaxTurns, "max_turns", file);
        RequireAtLeast(0, document.MaxToolCalls, "max_tool_calls", file);
        RequireAtLeast(1, document.MaxNewTokens, "max_new_tokens", file);
        if (document.Tools.Any(string.IsNullOrWhiteSpace))
            throw new ModelFormatException(file, "field 'tools': holds an empty name.");
        return new AgentProfile
        {
            Dialect = dialect,
            AnnouncesTools = document.AnnouncesTools,
            Tools = document.Tools,
            MaxTurns = document.MaxTurns,
            MaxToolCalls = document.MaxToolCalls,
            MaxNewTokens = document.MaxNewTokens,
            SystemPrompt = document.SystemPrompt,
        };
    }

    private static void RequireAtLeast(int least, int? value, string field, string file)
    {
        if (value < least)
            throw new ModelFormatException(file, $"field '{field}': is {value}; at least {least} was expected.");
    }

    private AgentProfileDocument ToDocument() => new()
    {
        Dialect = Dialect.Name,
        AnnouncesTools = AnnouncesTools,
        Tools = Tools,
        MaxTurns = MaxTurns,
        MaxToolCalls = MaxToolCalls,
        MaxNewTokens = MaxNewTokens,
        SystemPrompt = SystemPrompt,
    };

    private static void Require(bool holds, string name, string expected)
    {
        if (!holds)
            throw new ArgumentException($"{name} must be {expected}.", name);
    }
}
