using Pixelis.Imaging.Video;
using Pixelis.TestKit;

namespace Pixelis.Imaging.Tests;

public class ImageFileTests
{
    [Fact]
    public void A_folder_is_told_as_a_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["holiday.jpg"]);
        string image = Assert.Throws<ImageFormatException>(() => ImageFile.Load(folder["holiday.jpg"])).Message;
        Assert.Contains("holiday.jpg", image, StringComparison.Ordinal);
        Assert.Contains("is a folder", image, StringComparison.Ordinal);
        string video = Assert.Throws<VideoFormatException>(() => VideoFile.Load(folder["holiday.jpg"])).Message;
        Assert.Contains("is a folder", video, StringComparison.Ordinal);
    }
}
