namespace Pixelis.Online;

/// <summary>What an answer got.</summary>
/// <param name="Answer">The answer as its weightiest voters spell it.</param>
/// <param name="Form">The form it was counted under.</param>
/// <param name="Votes">How many votes of a weight above 0 it got, at least 1.</param>
/// <param name="Weight">Their weights added up, above 0.</param>
/// <param name="Share">Of the weight of all votes, those for no answer too; above 0, at most 1.</param>
/// <param name="Confidence">How sure it would be if it won, 0 to 1.</param>
public sealed record AnswerTally(string Answer, string Form, int Votes, double Weight, double Share, double Confidence);
