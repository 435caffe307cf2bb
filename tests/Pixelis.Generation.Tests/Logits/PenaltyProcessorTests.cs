using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Tests.Logits;

public class PenaltyProcessorTests
{
    [Fact]
    public void Repetition_divides_positive_and_multiplies_negative_logits_of_seen_tokens_once()
    {
        var history = new TokenHistory([0, 1, 1, 900]); // 900: an id the head has no row for
        history.Add(3);
        history.Add(3);
        float[] row = [4, -4, 4, 0.5f];
        new RepetitionPenaltyProcessor(2).Process(row, history);
        Assert.Equal([2, -8, 4, 0.25f], row);
    }

    [Fact]
    public void Presence_subtracts_once_from_generated_tokens_only()
    {
        var history = new TokenHistory([0]);
        history.Add(2);
        history.Add(2);
        float[] row = [4, 4, 4];
        new PresencePenaltyProcessor(1.5).Process(row, history);
        Assert.Equal([4, 4, 2.5f], row);
    }
}
