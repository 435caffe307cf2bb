using Pixelis.Tools;

namespace Pixelis.Generation;

/// <summary>
/// A model that holds conversations about text, images and videos. Thread-safe: conversations may run at the same time.
/// </summary>
public interface IVisionLanguageModel : IDisposable
{
    /// <summary>A name for logs and trajectories.</summary>
    string Name { get; }

    /// <summary>
    /// The weights that answer now, as trajectories record them; <c>base</c> (the default) for a model as loaded. Whoever changes the weights or
    /// adapters of a model gives them a new name.
    /// </summary>
    string PolicyVersion => "base";

    /// <summary>Most tokens a conversation may hold, prompt and answer together.</summary>
    int ContextLength { get; }

    /// <summary>Whether images and videos can be shown to it; a text-only model throws <see cref="PixelisException"/> on them.</summary>
    bool SeesImages { get; }

    /// <summary>Starts a conversation.</summary>
    /// <param name="tools">Tools the model is told about; empty for none.</param>
    IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null);
}
