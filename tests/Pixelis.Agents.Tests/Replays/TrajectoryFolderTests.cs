using Pixelis.Agents.Replays;
using Pixelis.Imaging;
using Pixelis.TestKit;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.Replays;

public class TrajectoryFolderTests
{
    private static readonly PixelImage Picture = PixelImage.Create(2, 1, PixelFormat.Rgba32, [1, 2, 3, 0, 5, 6, 7, 128]);

    private static Trajectory Record(string hash) => new()
    {
        Id = "t",
        Model = "m",
        Question = "?",
        EndReason = EndReason.Answered,
        Inputs = [new TrajectoryInput { Number = 1, Hash = hash, Width = 2, Height = 1, SeenWidth = 2, SeenHeight = 1, Origin = "question" }],
        Media = [new NumberedVisual { Number = 1, Image = Picture, SeenWidth = 2, SeenHeight = 1, Origin = "question" }],
    };

    [Fact]
    public void Pictures_come_back_bit_for_bit_with_their_transparency()
    {
        using var temporary = new TemporaryFolder();
        TrajectoryFolder.Save(Record(Picture.ContentHash), temporary["t"]);
        Trajectory read = TrajectoryFolder.Load(temporary["t"]);
        Assert.Equal(Picture.Pixels.ToArray(), read.Media[0].Image!.Pixels.ToArray());
    }

    [Fact]
    public void A_changed_picture_is_refused_by_name()
    {
        using var temporary = new TemporaryFolder();
        TrajectoryFolder.Save(Record(Picture.ContentHash), temporary["t"]);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(temporary["t"], "media")));
        ImageFile.Save(PixelImage.Create(1, 1, PixelFormat.Rgb24, [9, 9, 9]), file);
        Assert.Contains(file, Assert.Throws<TrajectoryFormatException>(() => TrajectoryFolder.Load(temporary["t"])).Message);
        File.Delete(file);
        Assert.Contains("missing", Assert.Throws<TrajectoryFormatException>(() => TrajectoryFolder.Load(temporary["t"])).Message);
    }

    [Fact]
    public void A_hash_that_is_a_path_is_refused()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary["t"]);
        TrajectoryJson.Save(Record("../../etc/passwd"), Path.Combine(temporary["t"], "trajectory.json"));
        Assert.Contains("no content hash", Assert.Throws<TrajectoryFormatException>(() => TrajectoryFolder.Load(temporary["t"])).Message);
    }

    [Fact]
    public void Without_pixels_there_is_nothing_to_save()
    {
        using var temporary = new TemporaryFolder();
        Assert.Throws<TrajectoryFormatException>(() => TrajectoryFolder.Save(Record(Picture.ContentHash) with { Media = [] }, temporary["t"]));
    }
}
