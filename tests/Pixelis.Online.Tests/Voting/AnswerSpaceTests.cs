namespace Pixelis.Online.Tests.Voting;

public class AnswerSpaceTests
{
    [Theory]
    [InlineData("Is the car red?", AnswerSpaceKind.YesNo, 2)]
    [InlineData("Look at the picture. Are there any signs? Answer with one word.", AnswerSpaceKind.YesNo, 2)]
    [InlineData("Is the car red or blue?", AnswerSpaceKind.Closed, 2)]
    [InlineData("Is it red, green, or blue?", AnswerSpaceKind.Closed, 3)]
    [InlineData("Which shape is larger, the red or the blue one?", AnswerSpaceKind.Closed, 2)]
    [InlineData("Which shape is largest, the red, the blue or the green one?", AnswerSpaceKind.Closed, 3)]
    [InlineData("How many dots are on the red card?", AnswerSpaceKind.Count, 10)]
    [InlineData("What is it?\n(A) a cat\n(B) a dog\n(C) neither", AnswerSpaceKind.Choices, 3)]
    [InlineData("What is it? A. cat B. dog", AnswerSpaceKind.Choices, 2)]
    public void A_question_that_bounds_its_answers_is_read(string question, AnswerSpaceKind kind, int size)
    {
        AnswerSpace space = AnswerSpace.InferFrom(question);
        Assert.Equal((kind, size), (space.Kind, space.Size));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Describe the picture.")]
    [InlineData("What does the red sign say?")]
    [InlineData("Which letter is on the card?")]
    [InlineData("Do you know what colour the car is?")]
    [InlineData("Can you read the sign?")]
    [InlineData("What is on the table or the chair?")]
    [InlineData("Is it one or two or more?")]
    [InlineData("Who is J. Smith, seen by B. Jones?")] // initials, no choices
    [InlineData("Island or mainland?")]
    public void Anything_else_is_open(string question)
    {
        AnswerSpace space = AnswerSpace.InferFrom(question);
        Assert.Equal((AnswerSpaceKind.Open, (int?)null), (space.Kind, space.Size));
    }

    [Fact]
    public void Choices_keep_their_texts()
    {
        AnswerSpace space = AnswerSpace.InferFrom("What is it?\n(A) a cat\n(B) a dog");
        Assert.Equal([new AnswerChoice('A', "a cat"), new AnswerChoice('B', "a dog")], space.Choices);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AnswerSpace.Closed(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnswerSpace.OfChoices(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnswerSpace.OfChoices(27));
    }
}
