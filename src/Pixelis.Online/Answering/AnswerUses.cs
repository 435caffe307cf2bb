using Pixelis.Online.State;

namespace Pixelis.Online;

/// <summary>What an answer is used for, in one word.</summary>
internal static class AnswerUses
{
    public static string NameOf(AnswerUse use) => use switch
    {
        AnswerUse.None => "served",
        AnswerUse.Collected => "collected",
        AnswerUse.Queued => "queued",
        AnswerUse.InReview => "in_review",
        _ => "learnt",
    };
}
