using Pixelis.Modeling;
using Pixelis.Training.Tests.Support;

namespace Pixelis.Training.Tests.Batching;

public class LossMaskTests
{
    // [hi][ab][obs][c]  ->  assistants are "ab]" at 5..7 and "c]" at 14..15
    private static readonly PreparedConversation Conversation = new CharacterProcessor().Prepare(
        [Message.User("hi"), Message.Assistant("ab"), new Message(Role.Tool, [new TextPart("obs")]), Message.Assistant("c")]);

    [Fact]
    public void Sampled_tokens_of_learnt_turns_have_the_weight_and_nothing_else_has()
    {
        Assert.Equal([5, 6, 7, 14, 15], Where(LossMask.Of(Conversation)));
        Assert.Equal([14, 15], Where(LossMask.Of(Conversation, [true, false, true, true])));
        Assert.Equal([5, 6, 7], Where(LossMask.Of(Conversation, [false, true, true, false])));
        Assert.Equal(0.25f, LossMask.Of(Conversation, weight: 0.25)[5]);
    }

    [Fact]
    public void Flags_must_be_one_a_turn() =>
        Assert.Contains("3 flags", Assert.Throws<ArgumentException>(() => LossMask.Of(Conversation, [true, true, true])).Message);

    private static int[] Where(float[] weights) => [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0)];
}
