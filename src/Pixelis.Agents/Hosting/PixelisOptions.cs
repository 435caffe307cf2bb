using Pixelis.Generation;

namespace Pixelis.Agents.Hosting;

/// <summary>
/// The settings of one agent in a service collection, from configuration, from code, or both (code counts last). They are checked when
/// the host starts.
/// </summary>
public sealed class PixelisOptions
{
    /// <summary>
    /// The model: a Hugging Face folder (Qwen2.5-VL, Qwen2.5 or Qwen3). Agents that name the same folder with the same
    /// <see cref="DataType"/> and <see cref="ContextLength"/> share one model. Needed unless <see cref="ModelFactory"/> or
    /// <see cref="Server"/> is set.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>Type to hold weights and compute in: <c>float32</c>, <c>bfloat16</c> or <c>float16</c>. Null (default) leaves it to the folder.</summary>
    public string? DataType { get; set; }

    /// <summary>Where to hold the weights: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. Null (default) is the CPU.</summary>
    public string? Device { get; set; }

    /// <summary>Most tokens a conversation may hold; null (default) takes the model's own.</summary>
    public int? ContextLength { get; set; }

    /// <summary>A server in place of a folder; null (default) for none.</summary>
    public PixelisServerOptions? Server { get; set; }

    /// <summary>
    /// Makes the model in place of a folder, when the agent is first asked for. It is disposed with the agent, also when it is a service of
    /// the container. Set in code; null (default) for none.
    /// </summary>
    public Func<IServiceProvider, IVisionLanguageModel>? ModelFactory { get; set; }

    /// <summary>
    /// Visual tools by name (<c>ZOOM_IN</c>, <c>SELECT_FRAMES</c>, <c>SEGMENT_OBJECT_AT</c>, <c>GET_PROPERTIES</c>, <c>READ_TEXT</c>,
    /// <c>TRACK_OBJECT</c>), or <c>all</c>, or <c>pixel-reasoner</c> for the tools of its checkpoints. Default: none.
    /// </summary>
    public IList<string> Tools { get; } = [];

    /// <summary>
    /// Whether the agent also gets the tools of the service collection: each registered <see cref="Pixelis.Tools.ITool"/> and
    /// <c>AIFunction</c>, without a key or with the agent's name as key. Default true.
    /// </summary>
    public bool UseRegisteredTools { get; set; } = true;

    /// <summary>What an episode may spend. Null (default) leaves it to the model's folder (<see cref="AgentProfile"/>), else to the dialect.</summary>
    public AgentLimits? Limits { get; set; }

    /// <summary>
    /// How the model turns logits into tokens. Null (default) leaves it to the model's folder (<see cref="AgentProfile"/>), else to the
    /// defaults of <see cref="GenerationOptions"/>.
    /// </summary>
    public GenerationOptions? Generation { get; set; }

    /// <summary>
    /// How agent and model talk: <c>pixelis</c> or <c>pixel-reasoner</c>. Null (default) leaves it to the model's folder
    /// (<see cref="AgentProfile"/>), else <c>pixelis</c>.
    /// </summary>
    public string? Dialect { get; set; }

    /// <summary>Standing instructions in front of every question. Null (default) leaves them to the model's folder (<see cref="AgentProfile"/>), else none.</summary>
    public string? SystemPrompt { get; set; }

    /// <summary>Whether the agent reports to OpenTelemetry, for whoever listens to it. Default true.</summary>
    public bool UseTelemetry { get; set; } = true;

    /// <summary>What it reports.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Whether the model is loaded when the host starts rather than when the agent is first asked for. Default false.</summary>
    public bool LoadAtStart { get; set; }
}
