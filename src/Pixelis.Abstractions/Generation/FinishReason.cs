namespace Pixelis.Generation;

/// <summary>Why a turn ended.</summary>
public enum FinishReason
{
    /// <summary>The model ended its turn.</summary>
    EndOfTurn,

    /// <summary>A stop string appeared.</summary>
    StopString,

    /// <summary>One of <see cref="GenerationOptions.StopTokenIds"/> was generated.</summary>
    StopToken,

    /// <summary><see cref="GenerationOptions.MaxNewTokens"/> or the context's end was reached.</summary>
    Length,
}
