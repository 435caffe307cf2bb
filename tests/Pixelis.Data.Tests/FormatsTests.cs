namespace Pixelis.Data.Tests;

public sealed class FormatsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pixelis-formats-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("sharegpt")]
    [InlineData("message_list")]
    public async Task TurnsPicturesAndFlagsSurviveTheOtherFormat(string format)
    {
        await using var synthesizer = new CotaSynthesizer();
        TrainingTrace trace = await synthesizer.CreateAsync(new PixelBenchGenerator().Create(PixelBenchFamily.Spot, 2, 1), TraceKind.TrapPerceptual);
        string file = Path.Combine(_folder, "traces.json");
        Write(format, file, trace);
        TrainingTrace read = TraceMedia.Load(Assert.Single(Read(format, file)), _folder);
        Assert.Equal(trace.Trajectory.Turns.Select(t => t.Text), read.Trajectory.Turns.Select(t => t.Text));
        Assert.Equal(trace.Loss, read.Loss);
        Assert.Equal(trace.Example.Answer, read.Example.Answer);
        Assert.Equal(Pictures(trace), Pictures(read));
        Assert.Equal("Apache-2.0", read.License);
    }

    [Fact]
    public void AClipIsSavedFrameByFrame()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Frames, 1, 0);
        string file = Path.Combine(_folder, "clips.json");
        ShareGptFormat.Write(file, [trace]);
        TrainingTrace read = TraceMedia.Load(ShareGptFormat.Read(file).Single(), _folder);
        Assert.Equal(trace.Example.Media[0].Clip!.Frames.Select(f => f.Image.ContentHash), read.Example.Media[0].Clip!.Frames.Select(f => f.Image.ContentHash));
    }

    [Fact]
    public void PixelReasonersOwnFilesTeachTheLastTwoTurns()
    {
        string file = Path.Combine(_folder, "pr.json");
        File.WriteAllText(file, """
            [{"message_list": [
              {"role": "system", "content": [{"text": "You help."}]},
              {"role": "user", "content": [{"image": "a.png"}, {"text": "What is it?"}]},
              {"role": "assistant", "content": [{"text": "Look.<tool_call>{\"name\": \"crop_image\", \"arguments\": {}}</tool_call>"}]},
              {"role": "user", "content": [{"text": "Here:"}, {"image": "b.png"}]},
              {"role": "assistant", "content": [{"text": "Again.<tool_call>{}</tool_call>"}]},
              {"role": "user", "content": [{"text": "Execution error"}]},
              {"role": "assistant", "content": [{"text": "It is \\boxed{a cat}."}]}]}]
            """);
        TrainingTrace trace = MessageListFormat.Read(file).Single();
        Assert.Equal([false, true, true], trace.Loss);
        Assert.Equal("a cat", trace.Example.Answer);
        Assert.Equal(["a.png", "b.png"], trace.Example.Media.Select(m => m.Path));
    }

    [Fact]
    public void BrokenItemsAreNamedOrSkipped()
    {
        string file = Path.Combine(_folder, "bad.json");
        File.WriteAllText(file, """
            [{"conversations": [{"from": "human", "value": "<image>?"}, {"from": "gpt", "value": "yes"}]},
             {"conversations": [{"from": "robot", "value": "?"}]},
             {"conversations": [{"from": "human", "value": "?"}, {"from": "gpt", "value": "yes"}]}]
            """);
        var first = Assert.Throws<DatasetFormatException>(() => ShareGptFormat.Read(file).ToList());
        Assert.Equal((1, "value"), (first.Line, first.Field));
        var reported = new List<DatasetFormatException>();
        Assert.Single(ShareGptFormat.Read(file, BrokenLines.Skip, reported.Add));
        Assert.Equal([1, 2], reported.Select(r => r.Line));
        File.WriteAllText(file, "[{\"conversations\": ");
        Assert.Contains("bad.json", Assert.Throws<DatasetFormatException>(() => ShareGptFormat.Read(file).ToList()).Message);
    }

    private static string[] Pictures(TrainingTrace trace) =>
        [.. TraceMessages.Of(trace).SelectMany(m => m.Message.Parts).OfType<ImagePart>().Select(p => p.Image.ContentHash)];

    private static void Write(string format, string file, TrainingTrace trace)
    {
        if (format == "sharegpt")
            ShareGptFormat.Write(file, [trace]);
        else
            MessageListFormat.Write(file, [trace]);
    }

    private static IEnumerable<TrainingTrace> Read(string format, string file) => format == "sharegpt" ? ShareGptFormat.Read(file) : MessageListFormat.Read(file);
}
