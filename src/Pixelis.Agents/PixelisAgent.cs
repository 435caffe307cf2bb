using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Pixelis.Agents.Loop;
using Pixelis.Agents.Telemetry;
using Pixelis.Generation;
using Pixelis.Imaging;

namespace Pixelis.Agents;

/// <summary>
/// Answers questions about images and videos: it looks, calls tools to look closer, reads what they return, and answers.
/// Make one with <see cref="Create"/>. Thread-safe: every question is an episode of its own, and the model serves several token by token.
/// </summary>
public sealed class PixelisAgent : IAsyncDisposable, IDisposable
{
    private readonly IVisionLanguageModel _model;
    private readonly bool _ownsModel;
    private readonly AgentRequest _defaults;
    private readonly ToolRegistry _tools;
    private readonly Dialects.AgentDialect _dialect;
    private readonly AgentLoop _loop;
    private readonly ILogger _logger;
    private readonly AgentTelemetry? _telemetry;
    private int _disposed;

    internal PixelisAgent(AgentParts parts, AgentRequest defaults, ToolRegistry tools, Dialects.AgentDialect dialect, ILogger logger)
    {
        _model = parts.Model;
        _ownsModel = parts.OwnsModel;
        _telemetry = parts.Telemetry;
        Name = parts.Name;
        _defaults = defaults;
        _tools = tools;
        _dialect = dialect;
        _logger = logger;
        Settings = SettingsOf(parts.Model, defaults, tools, dialect);
        _loop = new AgentLoop(_telemetry is null ? _model : new TelemetryModel(_model, _telemetry), tools, dialect, logger);
    }

    /// <summary>What an agent is made of beside its settings.</summary>
    internal readonly record struct AgentParts(IVisionLanguageModel Model, bool OwnsModel, AgentTelemetry? Telemetry, string? Name);

    /// <summary>The agent's name in telemetry, logs and dependency injection; null when it has none.</summary>
    public string? Name { get; }

    /// <summary>The model's name.</summary>
    public string ModelName => _model.Name;

    /// <summary>What an answer depends on beside the question: to be kept beside measurements.</summary>
    public AgentSettings Settings { get; }

    /// <summary>How tokens are drawn unless a request says otherwise.</summary>
    internal GenerationOptions Generation => _defaults.Generation!;

    /// <summary>The model, for those that teach it.</summary>
    internal IVisionLanguageModel Model => _model;

    /// <summary>Starts describing an agent.</summary>
    public static PixelisAgentBuilder Create() => new();

    /// <summary>
    /// Another agent of the same tools and settings over another model, such as another instance of the same one whose weights may change
    /// meanwhile. The model stays the caller's; the tools stay shared.
    /// </summary>
    public PixelisAgent Over(IVisionLanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PixelisAgent(new AgentParts(model, OwnsModel: false, _telemetry, Name), _defaults, _tools, _dialect, _logger);
    }

    /// <summary>Asks a question, about an image file or about nothing but itself.</summary>
    /// <param name="question">The question.</param>
    /// <param name="imagePath">An image file (JPEG, PNG, WebP, GIF, BMP, TIFF); null for none.</param>
    /// <param name="cancellationToken">Stops within one decoded token.</param>
    /// <exception cref="PixelisException">The image cannot be read, the model sees no images, or the question does not fit its context.</exception>
    /// <exception cref="AgentCanceledException">Cancelled; holds what there was of the episode.</exception>
    public Task<AgentAnswer> AskAsync(string question, string? imagePath = null, CancellationToken cancellationToken = default) =>
        AskAsync(About(question, imagePath), cancellationToken);

    /// <summary>Asks a question about an image.</summary>
    /// <inheritdoc cref="AskAsync(AgentRequest, CancellationToken)"/>
    public Task<AgentAnswer> AskAsync(string question, PixelImage image, CancellationToken cancellationToken = default) =>
        AskAsync(About(question, image), cancellationToken);

    /// <summary>Asks with a message of any parts: text, images, videos.</summary>
    /// <inheritdoc cref="AskAsync(AgentRequest, CancellationToken)"/>
    public Task<AgentAnswer> AskAsync(Message question, CancellationToken cancellationToken = default) => AskAsync(About(question), cancellationToken);

    /// <summary>Asks with options of the request's own.</summary>
    /// <exception cref="PixelisException">The model cannot take the question, or it does not fit its context.</exception>
    /// <exception cref="AgentCanceledException">Cancelled; holds what there was of the episode.</exception>
    public async Task<AgentAnswer> AskAsync(AgentRequest request, CancellationToken cancellationToken = default)
    {
        AgentAnswer answer = await RunAsync(request, static _ => ValueTask.CompletedTask, cancellationToken);
        return answer.EndReason switch
        {
            Trajectories.EndReason.Cancelled => throw new AgentCanceledException(answer, cancellationToken),
            Trajectories.EndReason.Failed => throw new PixelisException(answer.Trajectory.Error ?? "The episode failed."),
            _ => answer,
        };
    }

    /// <summary>As <see cref="AskAsync(AgentRequest, CancellationToken)"/>, but an episode in which the model failed is returned like any other: its end reason says so.</summary>
    /// <exception cref="PixelisException">The model cannot take the question, or it does not fit its context.</exception>
    /// <exception cref="AgentCanceledException">Cancelled; holds what there was of the episode.</exception>
    public async Task<AgentAnswer> RecordAsync(AgentRequest request, CancellationToken cancellationToken = default)
    {
        AgentAnswer answer = await RunAsync(request, static _ => ValueTask.CompletedTask, cancellationToken);
        return answer.EndReason == Trajectories.EndReason.Cancelled ? throw new AgentCanceledException(answer, cancellationToken) : answer;
    }

    /// <summary>Asks about an image file, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="StreamAsync(AgentRequest, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(string question, string? imagePath = null, CancellationToken cancellationToken = default) =>
        StreamAsync(About(question, imagePath), cancellationToken);

    /// <summary>Asks about an image, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="StreamAsync(AgentRequest, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(string question, PixelImage image, CancellationToken cancellationToken = default) =>
        StreamAsync(About(question, image), cancellationToken);

    /// <summary>Asks with a message of any parts, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="StreamAsync(AgentRequest, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(Message question, CancellationToken cancellationToken = default) => StreamAsync(About(question), cancellationToken);

    /// <summary>Asks, and reports what happens as it happens: tokens, tool calls, observations, and last the answer.</summary>
    /// <exception cref="PixelisException">The model cannot take the question, or it does not fit its context.</exception>
    /// <exception cref="AgentCanceledException">Cancelled; holds what there was of the episode.</exception>
    public async IAsyncEnumerable<AgentEvent> StreamAsync(
        AgentRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // One event at a time: a reader that is slow, or that stops reading, holds the episode rather than filling memory.
        Channel<AgentEvent> events = Channel.CreateBounded<AgentEvent>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        Task episode = Task.Run(() => ProduceAsync(request, events.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (AgentEvent happened in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                // What was on its way when it was cancelled is not told any more; how it ended is.
                if (!cancellationToken.IsCancellationRequested || happened is AnswerEvent)
                    yield return happened;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await DrainAsync(events.Reader);
            await episode;
        }
    }

    /// <summary>Starts a session of several questions about an image file, which is read once.</summary>
    /// <exception cref="PixelisException">The image cannot be read.</exception>
    public AgentSession Look(string imagePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagePath);
        return new AgentSession(this, About("", imagePath));
    }

    /// <summary>Starts a session of several questions about an image.</summary>
    public AgentSession Look(PixelImage image) => new(this, About("", image));

    /// <summary>Starts a session of several questions about images and videos.</summary>
    public AgentSession Look(IReadOnlyList<ContentPart> media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return new AgentSession(this, new AgentRequest("", [.. media]));
    }

    /// <summary>Frees the model if the agent made it; a model that was handed in stays its owner's.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="DisposeAsync" />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && _ownsModel)
            _model.Dispose();
    }

    // A reader that left early must not leave the episode waiting to be heard.
    private static async Task DrainAsync(ChannelReader<AgentEvent> events)
    {
        try
        {
            while (await events.WaitToReadAsync(CancellationToken.None))
                events.TryRead(out _);
        }
        catch (Exception e) when (e is PixelisException or OperationCanceledException)
        {
            // The reader has been told already, or chose not to hear.
        }
    }

    private async Task ProduceAsync(AgentRequest request, ChannelWriter<AgentEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            AgentAnswer answer = await RunAsync(request, e => events.WriteAsync(e, CancellationToken.None), cancellationToken);
            events.Complete(answer.EndReason switch
            {
                Trajectories.EndReason.Cancelled => new AgentCanceledException(answer, cancellationToken),
                Trajectories.EndReason.Failed => new PixelisException(answer.Trajectory.Error ?? "The episode failed."),
                _ => null,
            });
        }
        catch (Exception e)
        {
            events.Complete(e);
        }
    }

    private async Task<AgentAnswer> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        AgentRequest complete = request with
        {
            Generation = request.Generation ?? _defaults.Generation,
            Limits = request.Limits ?? _defaults.Limits,
            SystemPrompt = request.SystemPrompt ?? _defaults.SystemPrompt,
        };
        complete.Generation!.Validate();
        complete.Limits!.Validate();
        AgentLog.Started(_logger, Name, ModelName, request.Media.Count);
        Activity? span = _telemetry?.StartEpisode(complete);
        long started = Stopwatch.GetTimestamp();
        try
        {
            AgentAnswer answer = await _loop.RunAsync(complete, observe, cancellationToken);
            _telemetry?.EndEpisode(span, answer, Stopwatch.GetElapsedTime(started));
            AgentLog.Ended(_logger, Name, answer);
            return answer;
        }
        catch (Exception e)
        {
            _telemetry?.FailEpisode(span, e, Stopwatch.GetElapsedTime(started));
            AgentLog.Refused(_logger, Name, AgentTelemetry.ErrorName(e));
            throw;
        }
    }

    private static AgentSettings SettingsOf(IVisionLanguageModel model, AgentRequest defaults, ToolRegistry tools, Dialects.AgentDialect dialect)
    {
        var local = model as Models.Qwen.QwenVisionLanguageModel;
        return new AgentSettings
        {
            Model = model.Name,
            Dialect = dialect.Name,
            Tools = [.. tools.Definitions.Select(d => d.Name)],
            AnnouncesTools = tools.Announced.Count == tools.Definitions.Count,
            Generation = defaults.Generation!,
            Limits = defaults.Limits!,
            SystemPrompt = defaults.SystemPrompt,
            Pixels = local?.Images?.Options is { } images ? new PixelBudget(images.MinPixels, images.MaxPixels, images.MaxFramePixels ?? images.MaxPixels) : null,
            DataType = local?.Model.DataType.ToString(),
            Device = local?.Model.Device.ToString(),
        };
    }

    private static AgentRequest About(string question, string? imagePath)
    {
        ArgumentNullException.ThrowIfNull(question);
        return imagePath is null
            ? new AgentRequest(question, [])
            : About(question, ImageFile.Load(imagePath)) with { Paths = new Dictionary<int, string> { [1] = imagePath } };
    }

    private static AgentRequest About(string question, PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(image);
        return new AgentRequest(question, [new ImagePart(image)]);
    }

    private static AgentRequest About(Message question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new AgentRequest(question.Text, [.. question.Parts.Where(p => p is not TextPart)]);
    }
}
