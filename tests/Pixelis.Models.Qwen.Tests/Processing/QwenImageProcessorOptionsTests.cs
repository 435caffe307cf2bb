using System.Text;
using Pixelis.Models.Qwen.Processing;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Processing;

public class QwenImageProcessorOptionsTests
{
    private static QwenImageProcessorOptions Parse(string json) => QwenImageProcessorOptions.Parse(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void ReadsTheReleasedSpelling()
    {
        QwenImageProcessorOptions options = Parse("""{"min_pixels":784,"max_pixels":50176,"patch_size":16,"temporal_patch_size":1,"merge_size":4,"image_mean":[0.5,0.5,0.5],"image_std":[0.25,0.5,1]}""");
        Assert.Equal((784, 50176, 16, 1, 4), (options.MinPixels, options.MaxPixels, options.PatchSize, options.TemporalPatchSize, options.MergeSize));
        Assert.Equal([0.25, 0.5, 1], options.StandardDeviation);
        Assert.Equal(64, options.Factor);
        Assert.Equal(3 * 16 * 16, options.PatchLength);
    }

    [Fact]
    public void ReadsTheNewerSpelling()
    {
        QwenImageProcessorOptions options = Parse("""{"size":{"shortest_edge":3136,"longest_edge":12845056},"min_pixels":null,"max_pixels":null}""");
        Assert.Equal((3136, 12845056), (options.MinPixels, options.MaxPixels));
    }

    [Fact]
    public void TheOlderSpellingWins() =>
        Assert.Equal(784, Parse("""{"size":{"shortest_edge":3136,"longest_edge":12845056},"min_pixels":784}""").MinPixels);

    [Fact]
    public void WithoutFieldsTheClassDefaultsHold()
    {
        QwenImageProcessorOptions options = Parse("{}");
        Assert.Equal((3136, 1003520, 1176), (options.MinPixels, options.MaxPixels, options.PatchLength));
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"min_pixels":-1}""", "min_pixels")]
    [InlineData("""{"min_pixels":"a"}""", "min_pixels")]
    [InlineData("""{"min_pixels":2000,"max_pixels":1000}""", "larger than max_pixels")]
    [InlineData("""{"patch_size":0}""", "patch_size")]
    [InlineData("""{"merge_size":1e9}""", "merge_size")]
    [InlineData("""{"image_std":[0,1,1]}""", "image_std")]
    [InlineData("""{"image_mean":[1,1]}""", "image_mean")]
    [InlineData("""{"size":5}""", "size")]
    [InlineData("""{"resample":2}""", "resample")]
    [InlineData("""{"do_resize":false}""", "do_resize")]
    [InlineData("""{"rescale_factor":0}""", "rescale_factor")]
    public void WhatCannotBeUsedIsNamed(string json, string expected)
    {
        var error = Assert.Throws<ModelFormatException>(() => Parse(json));
        Assert.Contains(expected, error.Message);
        Assert.Contains(QwenImageProcessorOptions.FileName, error.Message);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ModelFormatException>(() => QwenImageProcessorOptions.FromFolder(folder.Path));
        Assert.Equal(folder[QwenImageProcessorOptions.FileName], error.File);
    }
}
