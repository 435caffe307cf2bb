namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>A token that is matched as a whole, in the text as given, before any other rule applies.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its exact text.</param>
/// <param name="IsSpecial">Whether it is a control token: left out of decoded text on request, never produced by merges.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial);
