using Pixelis.Tools;
using Pixelis.Tools.Visual;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Brings the pictures of a trace that was read from a file into memory: the question's from their files, the tools' by cutting them
/// from their parents again, which is exact because zooms and frames are copies of source pixels.
/// </summary>
public static class TraceMedia
{
    /// <summary>The trace with example and trajectory media in memory.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="folder">What relative paths are relative to: the folder of the dataset's file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetFormatException">A file is missing, or a picture is not the one that was recorded (its hash differs).</exception>
    public static TrainingTrace Load(TrainingTrace trace, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (trace.Trajectory.Media.Count == trace.Trajectory.Inputs.Count && trace.Example.Media.All(m => m.IsLoaded))
            return trace;
        Example example = MediaLoader.Load(trace.Example, folder, cancellationToken);
        var media = new List<NumberedVisual>(trace.Trajectory.Inputs.Count);
        foreach (TrajectoryInput input in trace.Trajectory.Inputs)
            media.Add(Rebuild(input, media, example));
        return trace with { Example = example, Trajectory = trace.Trajectory with { Media = media } };
    }

    private static NumberedVisual Rebuild(TrajectoryInput input, List<NumberedVisual> before, Example example)
    {
        var visual = new NumberedVisual
        {
            Number = input.Number, SeenWidth = input.SeenWidth, SeenHeight = input.SeenHeight, Origin = input.Origin, Parent = input.Parent, ParentBox = input.ParentBox,
        };
        if (input.Parent is null)
        {
            if (input.Number < 1 || input.Number > example.Media.Count)
                throw Fault(example, input, $"is the question's, but the example has {example.Media.Count} media.");
            ExampleMedia media = example.Media[input.Number - 1];
            visual = visual with { Image = media.Image, Clip = media.Clip };
        }
        else
        {
            NumberedVisual parent = before.FirstOrDefault(b => b.Number == input.Parent)
                ?? throw Fault(example, input, $"was cut from picture {input.Parent}, which does not come before it.");
            visual = visual with { Image = Part(parent, input, example) };
        }
        string hash = (visual.Image ?? visual.Clip!.Frames[0].Image).ContentHash;
        if (input.Hash.Length > 0 && hash != input.Hash) // conversations from elsewhere record none
            throw Fault(example, input, $"has hash {hash[..12]}, but {input.Hash[..Math.Min(12, input.Hash.Length)]} was recorded: another picture.");
        return visual;
    }

    // A frame is told from its neighbours by its hash: the trajectory does not hold its number beside the picture.
    private static PixelImage Part(NumberedVisual parent, TrajectoryInput input, Example example)
    {
        if (parent.Clip is { } clip)
        {
            return clip.Frames.FirstOrDefault(f => f.Image.ContentHash == input.Hash)?.Image
                ?? throw Fault(example, input, "is no frame of its clip.");
        }
        if (input.ParentBox is not { } box || parent.Image is not { } image)
            throw Fault(example, input, "has no box in its parent.");
        PixelBox whole = box.RoundOut().ClampTo(image.Width, image.Height);
        if (!whole.IsValid)
            throw Fault(example, input, "was cut from outside its parent.");
        return Cropping.Crop(image, whole);
    }

    private static DatasetFormatException Fault(Example example, TrajectoryInput input, string problem) =>
        new(example.Id, 0, $"trajectory.inputs[{input.Number - 1}]", $"picture {input.Number} {problem}");
}
