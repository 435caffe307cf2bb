using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Tests.Logits;

public class LogitsPipelineTests
{
    [Fact]
    public void Settings_that_change_nothing_cost_nothing()
    {
        Assert.True(new LogitsPipeline(new GenerationOptions()).IsEmpty);
        Assert.True(new LogitsPipeline(new GenerationOptions { Temperature = 1 }).IsEmpty);
        Assert.True(new LogitsPipeline(new GenerationOptions { TopK = 5, TopP = 0.5, MinP = 0.5 }).IsEmpty); // greedy
    }

    [Fact]
    public void Top_p_is_measured_on_what_top_k_left_at_the_set_temperature()
    {
        // After top-k 2: probabilities 0.731 and 0.269 at temperature 1, 0.88 and 0.12 at 0.5.
        float[] warm = [1, 0, -0.1f, -0.2f], cold = [1, 0, -0.1f, -0.2f];
        new LogitsPipeline(new GenerationOptions { Temperature = 1, TopK = 2, TopP = 0.8 }).Process(warm, new TokenHistory([]));
        new LogitsPipeline(new GenerationOptions { Temperature = 0.5, TopK = 2, TopP = 0.8 }).Process(cold, new TokenHistory([]));
        Assert.Equal([0, 1], Rows.Kept(warm));
        Assert.Equal([0], Rows.Kept(cold));
    }
}
