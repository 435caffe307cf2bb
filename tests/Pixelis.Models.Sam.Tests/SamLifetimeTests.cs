using Pixelis.Tools.Visual;
using TorchSharp;

namespace Pixelis.Models.Sam.Tests;

/// <summary>Counts tensors of the whole process, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(SamLifetimeTests), DisableParallelization = true)]
[Collection(nameof(SamLifetimeTests))]
public class SamLifetimeTests
{
    [Fact]
    public void Calls_leave_no_tensor_behind()
    {
        long atStart = torch.Tensor.TotalCount;
        using (SamSegmenter segmenter = SamSegmenter.FromPretrained(SamCase.Folder))
        {
            long loaded = torch.Tensor.TotalCount;
            Assert.True(loaded > atStart);
            var prompt = new SegmentationPrompt(new PixelPosition(18, 14), new PixelRect(10, 10, 12, 9));
            for (int i = 0; i < 5; i++)
                segmenter.Segment(SamCase.Pattern(30, 40, i), prompt);
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            Assert.Throws<OperationCanceledException>(() => segmenter.Network.Encode(segmenter.Processor.Prepare(SamCase.Picture), cancelled.Token));
            Assert.Equal(loaded, torch.Tensor.TotalCount);
        }

        Assert.Equal(atStart, torch.Tensor.TotalCount);
    }
}
