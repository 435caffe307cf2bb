namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Bounds on what a tokenizer's files may ask for; far above any published tokenizer, far below what hurts.</summary>
internal static class TokenizerLimits
{
    /// <summary>Bytes of one file.</summary>
    public const long FileBytes = 256L << 20;

    /// <summary>Largest token id.</summary>
    public const int TokenId = (1 << 22) - 1;

    /// <summary>Bytes of one token.</summary>
    public const int TokenBytes = 4096;

    /// <summary>Merges.</summary>
    public const int Merges = 1 << 22;

    /// <summary>Added tokens.</summary>
    public const int AddedTokens = 1 << 16;
}
