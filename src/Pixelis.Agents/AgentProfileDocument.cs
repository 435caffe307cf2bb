using System.Text.Json.Serialization;

namespace Pixelis.Agents;

/// <summary>What a model folder's pixelis.json holds. Fields of later versions are passed over.</summary>
internal sealed record AgentProfileDocument
{
    public string Schema { get; set; } = "pixelis.agent/1";

    public string Dialect { get; set; } = "pixelis";

    public bool AnnouncesTools { get; set; } = true;

    public IReadOnlyList<string> Tools { get; set; } = [];

    public int? MaxTurns { get; set; }

    public int? MaxToolCalls { get; set; }

    public int? MaxNewTokens { get; set; }

    public string? SystemPrompt { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(AgentProfileDocument))]
internal sealed partial class AgentProfileJson : JsonSerializerContext;
