using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Curiosity;

public class CallEmbeddingTests
{
    [Fact]
    public void Tools_and_arguments_have_places_of_their_own()
    {
        float[] none = Of(), zoom = Of(Episodes.Call("ZOOM_IN")), read = Of(Episodes.Call("READ_TEXT")), placed = Of(Episodes.Zoom(100, 40));
        Assert.All(none, x => Assert.Equal(0, x));
        Assert.Equal((0, 1f), (Array.FindIndex(zoom, x => x != 0), zoom.Sum()));
        Assert.NotEqual(zoom, read);
        Assert.Equal(zoom[..16], placed[..16]);
        Assert.Equal(zoom[..16].Sum() + Math.Asinh(400) / 4 + Math.Asinh(160) / 4 + Math.Asinh(440) / 4 + Math.Asinh(200) / 4, placed.Sum(), 1e-5);
    }

    [Fact]
    public void The_same_calls_give_the_same_vector()
    {
        Assert.Equal(Of(Episodes.Zoom(3, 4)), Of(Episodes.Zoom(3, 4)));
        Assert.Equal(Of(Episodes.Zoom(3, 4), Episodes.Read(1, 1)), Of(Episodes.Read(1, 1), Episodes.Zoom(3, 4)));
        Assert.Equal(Of(Episodes.Call("ZOOM_IN")), Of(Episodes.Call("crop_image")));
        Assert.NotEqual(Of(Episodes.Zoom(3, 4)), Of(Episodes.Zoom(4, 3)));
        Assert.NotEqual(Of(Episodes.Measure("obj1")), Of(Episodes.Measure("obj2")));
    }

    [Fact]
    public void Hashes_are_the_same_in_every_process() // FNV-1a, worked out once more
    {
        uint hash = 2166136261;
        foreach (char c in "/a")
            hash = (hash ^ c) * 16777619;
        Assert.Equal(16 + (int)(hash % 112), Array.FindLastIndex(Of(Episodes.Call("ZOOM_IN", """{"a": 5}""")), x => x != 0));
    }

    [Theory]
    [InlineData("""{"a": 1e999, "b": -1e999}""")]
    [InlineData("""{"\ud800": "\ud800"}""")]
    [InlineData("[[[3]]]")]
    public void Whatever_was_written_the_vector_is_finite(string arguments) => Assert.All(Of(Episodes.Call("", arguments)), x => Assert.True(float.IsFinite(x)));

    private static float[] Of(params ToolInvocation[] calls)
    {
        var embedding = new float[128];
        CallEmbedding.Write(calls, embedding);
        return embedding;
    }
}
