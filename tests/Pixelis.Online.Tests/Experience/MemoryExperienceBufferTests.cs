namespace Pixelis.Online.Tests;

public class MemoryExperienceBufferTests : ExperienceBufferConformance
{
    private protected override IExperienceBuffer Create(ExperienceBufferOptions options) => new MemoryExperienceBuffer(options);

    private protected override ValueTask<long> PruneAsync(IExperienceBuffer buffer) => ((MemoryExperienceBuffer)buffer).PruneAsync();

    [Fact]
    public void A_dimension_is_needed() => Assert.Throws<PixelisException>(() => new MemoryExperienceBuffer(new ExperienceBufferOptions()));
}
