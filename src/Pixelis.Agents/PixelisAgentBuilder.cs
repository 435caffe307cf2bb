using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Agents.ChatClients;
using Pixelis.Agents.Dialects;
using Pixelis.Agents.Loop;
using Pixelis.Agents.Telemetry;
using Pixelis.Diagnostics;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Tools;

namespace Pixelis.Agents;

/// <summary>
/// Describes an agent. Nothing is loaded before <see cref="Build"/>, which checks everything once; after it, the builder refuses changes.
/// Not thread-safe.
/// </summary>
public sealed class PixelisAgentBuilder
{
    private Func<IVisionLanguageModel>? _model;
    private bool _ownsModel;
    private GenerationOptions? _generation;
    private readonly List<Func<ITool>> _tools = [];
    private AgentLimits? _limits;
    private AgentDialect? _dialect;
    private ILoggerFactory _logging = NullLoggerFactory.Instance;
    private TelemetryOptions? _telemetry;
    private string? _name;
    private string? _systemPrompt;
    private bool? _announcesTools;
    private Func<AgentProfile?> _profile = () => null;
    private bool _built;

    internal PixelisAgentBuilder()
    {
    }

    /// <summary>
    /// The model: a Hugging Face folder (Qwen2.5-VL, Qwen2.5 or Qwen3), loaded by <see cref="Build"/> and owned by the agent. What its
    /// <see cref="AgentProfile"/> says, where there is one, holds unless the builder is told otherwise.
    /// </summary>
    /// <param name="folder">The folder with config.json, weights and tokenizer.</param>
    /// <param name="options">Data type, device and limits; null for the defaults.</param>
    public PixelisAgentBuilder WithModel(string folder, QwenVisionLanguageModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        WithModel(() => QwenVisionLanguageModel.FromPretrained(folder, options));
        _profile = () => AgentProfile.Load(folder);
        return this;
    }

    /// <summary>
    /// How the model was trained to be talked to, for a model that is handed in rather than named by its folder. What the builder is told
    /// by other methods wins. The last call counts.
    /// </summary>
    public PixelisAgentBuilder WithProfile(AgentProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        RefuseAfterBuild();
        _profile = () => profile;
        return this;
    }

    /// <summary>The model: one that is made by <see cref="Build"/> and owned by the agent.</summary>
    public PixelisAgentBuilder WithModel(Func<IVisionLanguageModel> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return SetModel(factory, owned: true);
    }

    /// <summary>The model: one that exists. It stays the caller's and must outlive the agent; several agents may share it.</summary>
    public PixelisAgentBuilder WithModel(IVisionLanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SetModel(() => model, owned: false);
    }

    /// <summary>The model: any chat client, local or remote. It stays the caller's.</summary>
    public PixelisAgentBuilder WithModel(IChatClient client, int contextLength = 32_768)
    {
        ArgumentNullException.ThrowIfNull(client);
        return SetModel(() => new ChatClientModel(client, contextLength), owned: true);
    }

    /// <summary>A tool the model may call.</summary>
    public PixelisAgentBuilder WithTool(ITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        RefuseAfterBuild();
        _tools.Add(() => tool);
        return this;
    }

    /// <summary>A function the model may call; it gets arguments, not pictures.</summary>
    public PixelisAgentBuilder WithTool(AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return WithTool(new FunctionTool(function));
    }

    /// <summary>A method the model may call; names, types and descriptions are read from it.</summary>
    public PixelisAgentBuilder WithTool(Delegate method, string? name = null, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return WithTool(AIFunctionFactory.Create(method, name, description));
    }

    /// <summary>
    /// Does not describe the tools to the model, for one that was trained to call these very tools: the descriptions of six tools are
    /// over a thousand tokens of every prompt. Calls work as ever.
    /// </summary>
    public PixelisAgentBuilder WithUnannouncedTools()
    {
        RefuseAfterBuild();
        _announcesTools = false;
        return this;
    }

    /// <summary>What an episode may spend. Default: what the model's profile says, else the dialect's own limits. The last call counts.</summary>
    public PixelisAgentBuilder WithLimits(AgentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        RefuseAfterBuild();
        _limits = limits;
        return this;
    }

    /// <summary>How agent and model talk. Default: what the model's profile says, else <see cref="AgentDialect.Pixelis"/>. The last call counts.</summary>
    public PixelisAgentBuilder WithDialect(AgentDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        RefuseAfterBuild();
        _dialect = dialect;
        return this;
    }

    /// <summary>
    /// Where log lines go: episodes that began and ended, and tools that failed, with the type of the exception and where it arose. Its
    /// message is in the trajectory only: no prompt, picture, answer, or anything that may quote one, is logged at any level.
    /// </summary>
    public PixelisAgentBuilder WithLogging(ILoggerFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        RefuseAfterBuild();
        _logging = factory;
        return this;
    }

    /// <summary>
    /// Reports what the agent does as OpenTelemetry spans and metrics, under the names of <see cref="PixelisDiagnostics"/> and
    /// <see cref="PixelisTags"/>. Costs next to nothing while nobody listens. The last call counts.
    /// </summary>
    /// <param name="configure">What to report; null for names, counts and times only.</param>
    public PixelisAgentBuilder WithTelemetry(Action<TelemetryOptions>? configure = null)
    {
        RefuseAfterBuild();
        _telemetry = new TelemetryOptions();
        configure?.Invoke(_telemetry);
        return this;
    }

    /// <summary>The agent's name in telemetry and logs. Default: none.</summary>
    public PixelisAgentBuilder WithName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RefuseAfterBuild();
        _name = name;
        return this;
    }

    /// <summary>
    /// How the model turns logits into tokens. Default: <see cref="GenerationOptions"/> as it is, which decodes greedily. The last call
    /// counts.
    /// </summary>
    public PixelisAgentBuilder WithGeneration(GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RefuseAfterBuild();
        _generation = options;
        return this;
    }

    /// <summary>
    /// Standing instructions in front of every question. Default: none of our own; the model's chat template may put in its usual one.
    /// The last call counts.
    /// </summary>
    public PixelisAgentBuilder WithSystemPrompt(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RefuseAfterBuild();
        _systemPrompt = text;
        return this;
    }

    /// <summary>Checks what was described, makes the model and returns the agent. Dispose the agent with <c>await using</c>.</summary>
    /// <exception cref="InvalidOperationException">No model was named, or the builder was used before.</exception>
    /// <exception cref="ArgumentException">A generation option is outside its range.</exception>
    /// <exception cref="PixelisException">The model's folder cannot be used as it is.</exception>
    public PixelisAgent Build()
    {
        RefuseAfterBuild();
        if (_model is null)
            throw new InvalidOperationException("An agent needs a model: call WithModel with a model folder or a model before Build.");
        AgentProfile profile = _profile() ?? new AgentProfile();
        profile.Validate();
        GenerationOptions generation = _generation ?? profile.Generation;
        generation.Validate();
        AgentDialect dialect = _dialect ?? profile.Dialect;
        AgentLimits limits = _limits ?? profile.LimitsOf(dialect);
        limits.Validate();
        ITool[] made = [.. _tools.Select(make => make())];
        bool announces = _announcesTools ?? profile.AnnouncesTools;
        var tools = new ToolRegistry(made, announces);
        IVisionLanguageModel model = _model();
        _built = true;
        AgentTelemetry? telemetry = Telemetry(model);
        if (telemetry is not null)
            tools = new ToolRegistry(made.Select(tool => new TelemetryTool(tool, telemetry)), announces);
        var defaults = new AgentRequest("", []) { Generation = generation, Limits = limits, SystemPrompt = _systemPrompt ?? profile.SystemPrompt };
        var parts = new PixelisAgent.AgentParts(model, _ownsModel, telemetry, _name);
        return new PixelisAgent(parts, defaults, tools, dialect, _logging.CreateLogger<PixelisAgent>());
    }

    private AgentTelemetry? Telemetry(IVisionLanguageModel model)
    {
        if (_telemetry is not { } options)
            return null;
        string provider = (model as ChatClientModel)?.Provider ?? PixelisDiagnostics.ProviderName;
        return new AgentTelemetry(_name, provider, model.Name, options.RecordContent);
    }

    private PixelisAgentBuilder SetModel(Func<IVisionLanguageModel> factory, bool owned)
    {
        RefuseAfterBuild();
        if (_model is not null)
            throw new InvalidOperationException("The agent has a model already: call WithModel once.");
        _model = factory;
        _ownsModel = owned;
        return this;
    }

    private void RefuseAfterBuild()
    {
        if (_built)
            throw new InvalidOperationException("The agent was built; describe another one with PixelisAgent.Create().");
    }
}
