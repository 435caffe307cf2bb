using Pixelis.Modeling;
using Pixelis.Tools;

namespace Pixelis.Training;

/// <summary>A conversation to learn from.</summary>
/// <param name="Turns">The turns in order. Only tokens that an assistant turn samples are ever learnt.</param>
public sealed record SftExample(IReadOnlyList<ConversationTurn> Turns)
{
    /// <summary>A name for messages; empty when it has none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Tools the model is told about.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>One flag a turn: whether it is learnt. Flags of turns that are not the assistant's are not read. Null (default): every assistant turn is.</summary>
    public IReadOnlyList<bool>? Learn { get; init; }

    /// <summary>Weight of its tokens in the loss, above 0. Default 1.</summary>
    public double LossWeight { get; init; } = 1;

    /// <summary>How often it is drawn, compared with others of its set; above 0. Default 1.</summary>
    public double SamplingWeight { get; init; } = 1;

    /// <summary>Difficulty, from 1; 0 when not known.</summary>
    public int Difficulty { get; init; }

    /// <summary>An example from messages alone.</summary>
    public static SftExample Of(params IReadOnlyList<Message> messages) => new([.. messages.Select(m => new ConversationTurn(m))]);
}
