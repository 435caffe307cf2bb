namespace Pixelis.Generation;

/// <summary>One token as it is generated.</summary>
/// <param name="Id">Token id.</param>
/// <param name="LogProbability">
/// Natural logarithm of the token's probability under the distribution it was drawn from before temperature and filters
/// (temperature 1, all tokens), so that trainers can use it as is.
/// </param>
/// <param name="Text">The text this token completes; empty while a character is still incomplete or withheld for a stop string.</param>
public readonly record struct GeneratedToken(int Id, float LogProbability, string Text);
