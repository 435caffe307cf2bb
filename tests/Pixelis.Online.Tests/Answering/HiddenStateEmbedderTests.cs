using System.Numerics.Tensors;
using Pixelis.Modeling;
using Pixelis.Training.Tests.Support;

namespace Pixelis.Online.Tests.Answering;

/// <summary>Embeddings are the model's own hidden states, of unit length, and tell pictures and questions apart.</summary>
public sealed class HiddenStateEmbedderTests
{
    [Fact]
    public async Task The_same_request_is_the_same_place_and_others_are_others()
    {
        using var small = new SmallAgent();
        using Models.Qwen.QwenVisionLanguageModel instance = small.Model.ShareWeights();
        using var embedder = new HiddenStateEmbedder(instance);
        ContentPart[] one = [new ImagePart(Examples.Picture(1, 56, 56))], two = [new ImagePart(Examples.Picture(2, 56, 56))];
        float[] first = await At("What is it?", one);
        Assert.Equal(instance.Model.Description.HiddenSize, first.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(first), 1e-4f);
        Assert.Equal(first, await At("What is it?", one));
        float[] shown = await At("What is it?", two), asked = await At("How many people can be seen?", one);
        float picture = TensorPrimitives.Dot<float>(first, shown), question = TensorPrimitives.Dot<float>(first, asked);
        Assert.InRange(picture, -1, 0.99f);
        Assert.InRange(question, -1, 0.9999f);
        float[] bare = await At("What is it?", []);
        Assert.Equal(1, TensorPrimitives.Norm<float>(bare), 1e-4f);

        float[][] together = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => At("What is it?", i % 2 == 0 ? one : two)));
        Assert.All(together.Where((_, i) => i % 2 == 0), e => Assert.Equal(first, e));

        async Task<float[]> At(string text, ContentPart[] media) => (await embedder.EmbedAsync(text, media)).ToArray();
    }

    [Fact]
    public void Means_of_states_are_those_of_a_forward_pass()
    {
        using var small = new SmallAgent();
        PreparedConversation conversation = small.Model.Processor.Prepare([Message.User("Say something.")]);
        IReadOnlyList<float[]> means = ConversationStates.Means(small.Model.Model, conversation, [0, 1, 2], [2], []);
        IReadOnlyList<float[]> single = ConversationStates.Means(small.Model.Model, conversation, [0], [1]);
        for (int i = 0; i < means[0].Length; i++)
            Assert.Equal((single[0][i] + single[1][i] + means[1][i]) / 3, means[0][i], 1e-4f);
        Assert.Empty(means[2]);
        Assert.Throws<ArgumentException>(() => ConversationStates.Means(small.Model.Model, conversation, [conversation.Length]));
    }
}
