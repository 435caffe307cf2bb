using Pixelis.Data;

namespace Pixelis.Rewards.Tests;

/// <summary>What a grader gives.</summary>
internal static class Graded
{
    public static double By(IAnswerGrader grader, string answer, string truth, string question = "What is it?")
    {
        Example example = Episodes.Example(truth, question);
        Assert.True(grader.CanGrade(example), $"{grader.Name} cannot grade '{truth}'");
        return grader.Grade(answer, example, Episodes.Of(answer)).Value;
    }
}
