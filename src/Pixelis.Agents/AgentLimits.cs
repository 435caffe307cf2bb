namespace Pixelis.Agents;

/// <summary>What an episode may spend. Each limit that ends an episode is named in its trajectory's end reason.</summary>
public sealed record AgentLimits
{
    /// <summary>Most turns of the model. Default 12, at least 1.</summary>
    public int MaxTurns { get; init; } = 12;

    /// <summary>Most tool calls in all. Default 16; 0 allows none.</summary>
    public int MaxToolCalls { get; init; } = 16;

    /// <summary>Most tool calls in one turn; further ones get a message. Default 4, at least 1.</summary>
    public int MaxToolCallsPerTurn { get; init; } = 4;

    /// <summary>Most pictures and videos in all, the question's included. Default 24, at least 1.</summary>
    public int MaxImages { get; init; } = 24;

    /// <summary>Most tokens in all, prompt included; 0 (default) leaves it to the model's context length.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Longest wall-clock time of an episode. Default 10 minutes.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time of one tool call; a longer one is ended and the model told. Default 60 seconds.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most pixels (source, width times height) of all pictures a single call may return. Default 50 megapixels.</summary>
    public long MaxToolPixels { get; init; } = 50_000_000;

    /// <summary>Most characters of one observation's text; the rest is cut off and said to be. Default 8,000.</summary>
    public int MaxObservationLength { get; init; } = 8_000;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A limit is outside its range; the message names it.</exception>
    internal void Validate()
    {
        Require(MaxTurns >= 1, nameof(MaxTurns), "at least 1");
        Require(MaxToolCalls >= 0, nameof(MaxToolCalls), "at least 0");
        Require(MaxToolCallsPerTurn >= 1, nameof(MaxToolCallsPerTurn), "at least 1");
        Require(MaxImages >= 1, nameof(MaxImages), "at least 1");
        Require(MaxTokens >= 0, nameof(MaxTokens), "at least 0");
        Require(MaxDuration > TimeSpan.Zero, nameof(MaxDuration), "greater than zero");
        Require(ToolTimeout > TimeSpan.Zero, nameof(ToolTimeout), "greater than zero");
        Require(MaxToolPixels >= 1, nameof(MaxToolPixels), "at least 1");
        Require(MaxObservationLength >= 100, nameof(MaxObservationLength), "at least 100");
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
            throw new ArgumentException($"{name} must be {range}.", name);
    }
}
