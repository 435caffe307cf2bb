using Pixelis.Generation;
using static TorchSharp.torch;

namespace Pixelis.Modeling.Tests.Processing;

public class ConversationCollatorTests
{
    private const TokenProvenance I = TokenProvenance.Injected;
    private const TokenProvenance S = TokenProvenance.Sampled;

    private static readonly PreparedConversation Short = Of([5, 6, 7], [I, S, S]);
    private static readonly PreparedConversation Long = Of([1, 2, 3, 4, 9], [I, I, S, I, S]);

    [Fact]
    public void Rows_are_padded_on_the_right_and_targets_point_at_the_position_before_them()
    {
        using ConversationBatch batch = ConversationCollator.Collate([Short, Long], null, paddingToken: 8);
        Assert.Equal([5, 6, 7, 8, 8, 1, 2, 3, 4, 9], batch.Inputs.InputIds.data<long>().ToArray());
        Assert.Equal([2, 5], batch.Inputs.InputIds.shape);
        Assert.Equal([0, 1, 6, 8], batch.TargetRows.data<long>().ToArray());
        Assert.Equal([6, 7, 3, 9], batch.TargetIds.data<long>().ToArray());
        Assert.Equal([1, 1, 1, 1], batch.TargetWeights.data<float>().ToArray());
        Assert.Equal([new(0, 1), new(0, 2), new(1, 2), new(1, 4)], batch.Targets);
        Assert.Equal(8, batch.TokenCount);
        Assert.Null(batch.Inputs.AttentionMask);
    }

    [Fact]
    public void Given_weights_choose_the_targets()
    {
        using ConversationBatch batch = ConversationCollator.Collate([Short, Long], [[0, 0, 0.5f], [0, 0, 0, 0, -2]], 0);
        Assert.Equal([7, 9], batch.TargetIds.data<long>().ToArray());
        Assert.Equal([0.5f, -2], batch.TargetWeights.data<float>().ToArray());
    }

    [Fact]
    public void Patches_of_all_rows_follow_one_another_images_apart_from_videos()
    {
        var image = new VisualInput(0, 1, new VisionGrid(1, 1, 2), new float[] { 1, 2, 3, 4 });
        VisualInput video = new VisualInput(1, 1, new VisionGrid(2, 1, 1), new float[] { 5, 6, 7, 8 }) { IsVideo = true, SecondsPerGrid = 0.5 };
        using ConversationBatch batch = ConversationCollator.Collate([Short with { Visuals = [video] }, Long with { Visuals = [image, image] }], null, 0);
        Assert.Equal([4, 2], batch.Inputs.PixelValues!.shape);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], batch.Inputs.PixelValues.data<float>().ToArray());
        Assert.Equal(2, batch.Inputs.ImageGrids.Count);
        Assert.Equal([5, 6, 7, 8], batch.Inputs.PixelValuesVideos!.data<float>().ToArray());
        Assert.Equal([0.5], batch.Inputs.SecondsPerGrid);
    }

    [Theory]
    [InlineData(new float[] { 1, 1, 1 }, "first token")]
    [InlineData(new float[] { 0, 1 }, "3 tokens")]
    [InlineData(new float[] { 0, float.NaN, 0 }, "finite")]
    public void Weights_that_do_not_fit_are_refused(float[] weights, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => ConversationCollator.Collate([Short], [weights], 0)).Message);

    [Fact]
    public void An_injected_token_is_never_a_target() =>
        Assert.Contains("token 1", Assert.Throws<ArgumentException>(() => ConversationCollator.Collate([Long], [[0, 1, 0, 0, 0]], 0)).Message);

    private static PreparedConversation Of(int[] ids, TokenProvenance[] provenance) => new() { TokenIds = ids, Provenance = provenance, Spans = [] };
}
