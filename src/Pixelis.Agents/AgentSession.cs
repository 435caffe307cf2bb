namespace Pixelis.Agents;

/// <summary>
/// Several questions about the same pictures. Every question is an episode of its own, which knows nothing of the others, and its answer
/// is the one that the agent would have given alone; but a local model looks at the pictures once only
/// (<see cref="Models.Qwen.QwenModelOptions.VisionMemoryBytes"/>). Made by <see cref="PixelisAgent.Look(PixelImage)"/> and its siblings.
/// Thread-safe: questions may run at the same time. Disposing it refuses further questions; the agent stays.
/// </summary>
public sealed class AgentSession : IAsyncDisposable
{
    private readonly PixelisAgent _agent;
    private readonly AgentRequest _about;
    private int _disposed;

    internal AgentSession(PixelisAgent agent, AgentRequest about)
    {
        _agent = agent;
        _about = about;
    }

    /// <summary>The pictures and videos the questions are about, numbered from 1 in this order.</summary>
    public IReadOnlyList<ContentPart> Media => _about.Media;

    /// <summary>Asks a question about them.</summary>
    /// <inheritdoc cref="PixelisAgent.AskAsync(AgentRequest, CancellationToken)"/>
    public Task<AgentAnswer> AskAsync(string question, CancellationToken cancellationToken = default) =>
        _agent.AskAsync(About(question), cancellationToken);

    /// <summary>Asks a question about them, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="PixelisAgent.StreamAsync(AgentRequest, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(string question, CancellationToken cancellationToken = default) =>
        _agent.StreamAsync(About(question), cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _disposed, 1);
        return ValueTask.CompletedTask;
    }

    private AgentRequest About(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _about with { Question = question };
    }
}
