namespace Pixelis.Agents.Telemetry;

/// <summary>A conversation that reports no tokens but knows how many its last turn cost.</summary>
internal interface ITokenCounts
{
    /// <summary>Tokens the model read in its last turn; null when it did not say.</summary>
    long? InputTokens { get; }

    /// <summary>Tokens the model wrote in its last turn; null when it did not say.</summary>
    long? OutputTokens { get; }
}
