using System.Text.Json;

namespace Pixelis.Data.Tests.JsonLines;

public sealed class TraceJsonLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pixelis-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ATraceSurvivesWritingAndReadingWithItsPictures()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Point, 2, 5);
        trace = trace with { Example = PixelBenchWriter.SaveMedia(trace.Example, Folder("a")) };
        string file = Path.Combine(_folder, "a", "traces.jsonl");
        TraceJsonLines.Write(file, [trace]);
        TrainingTrace read = TraceMedia.Load(TraceJsonLines.Read(file).Single(), Path.Combine(_folder, "a"));
        Assert.Equal(TraceJsonLines.ToLine(trace), TraceJsonLines.ToLine(read with { }));
        Assert.Equal(trace.Example.Media[0].Image!.ContentHash, read.Example.Media[0].Image!.ContentHash);
        Assert.Equal(trace.Trajectory.Turns.Count, TraceMessages.Of(read).Count);
    }

    [Fact]
    public void UnknownFieldsAreKept()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Glyph, 1, 0);
        string file = Path.Combine(_folder, "x.jsonl");
        File.WriteAllText(file, TraceJsonLines.ToLine(trace)[..^1] + ", \"rating\": {\"by\": 7}}\n");
        TrainingTrace read = TraceJsonLines.Read(file).Single();
        using JsonDocument again = JsonDocument.Parse(TraceJsonLines.ToLine(read));
        Assert.Equal(7, again.RootElement.GetProperty("rating").GetProperty("by").GetInt32());
    }

    [Fact]
    public void ABrokenLineIsNamedWithFileLineAndFieldAndCanBeSkipped()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Glyph, 1, 0);
        string good = TraceJsonLines.ToLine(trace), file = Path.Combine(_folder, "broken.jsonl");
        File.WriteAllLines(file, [good, "{\"schema\": \"pixelis.trace/1\"", good.Replace("\"loss\":[true]", "\"loss\":[true,true]", StringComparison.Ordinal), good]);
        var error = Assert.Throws<DatasetFormatException>(() => TraceJsonLines.Read(file).ToList());
        Assert.Equal(2, error.Line);
        Assert.Contains(file, error.Message);
        var reported = new List<DatasetFormatException>();
        Assert.Equal(2, TraceJsonLines.Read(file, BrokenLines.Skip, reported.Add).Count());
        Assert.Equal([2, 3], reported.Select(r => r.Line));
        Assert.Equal("loss", reported[1].Field);
    }

    [Fact]
    public void WhatALineLeavesOutGetsItsDefault()
    {
        string file = Path.Combine(_folder, "short.jsonl");
        File.WriteAllText(file, """{"id": "a", "question": "what?", "answer": "that"}""" + "\n");
        Example read = ExampleJsonLines.Read(file).Single();
        Assert.Equal(("unknown", "", Example.CurrentSchema), (read.License, read.Split, read.Schema));
        Assert.Empty(read.Media);
        Assert.Empty(read.Truth);
        File.WriteAllText(file, """{"example": {"id": "a", "question": "what?", "answer": "that"}, "loss": [], "weight": 1, "trajectory": {"id": "t", "model": "m", "question": "what?", "end_reason": "Answered"}}""");
        Assert.Empty(TraceJsonLines.Read(file).Single().Trajectory.Turns);
    }

    [Fact]
    public void AMissingFieldAndAMissingFileAreNamed()
    {
        string file = Path.Combine(_folder, "missing.jsonl");
        File.WriteAllText(file, "{\"id\": \"a\", \"question\": \"?\"}\n");
        var error = Assert.Throws<DatasetFormatException>(() => ExampleJsonLines.Read(file).ToList());
        Assert.Equal(("answer", 1), (error.Field, error.Line));
        Assert.Throws<FileNotFoundException>(() => ExampleJsonLines.Read(file + "x").ToList());
    }

    [Fact]
    public void AMissingPictureAndAnotherPictureAreNamed()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Glyph, 1, 0);
        TrainingTrace saved = trace with { Example = PixelBenchWriter.SaveMedia(trace.Example, Folder("b")) };
        string picture = Path.Combine(_folder, "b", saved.Example.Media[0].Path!);
        TrainingTrace read = TraceJsonLinesRoundTrip(saved);
        File.Copy(Path.Combine(_folder, "b", PixelBenchWriter.SaveMedia(new GroundingGenerator().Create(GroundingTask.Glyph, 1, 1).Example, Folder("b")).Media[0].Path!), picture, overwrite: true);
        Assert.Contains("another picture", Assert.Throws<DatasetFormatException>(() => TraceMedia.Load(read, Path.Combine(_folder, "b"))).Message);
        File.Delete(picture);
        var error = Assert.Throws<DatasetFormatException>(() => TraceMedia.Load(read, Path.Combine(_folder, "b")));
        Assert.Contains(picture, error.Message);
        Assert.Equal("media[0].path", error.Field);
    }

    private TrainingTrace TraceJsonLinesRoundTrip(TrainingTrace trace)
    {
        string file = Path.Combine(_folder, "b", "one.jsonl");
        TraceJsonLines.Write(file, [trace]);
        return TraceJsonLines.Read(file).Single();
    }

    private string Folder(string name)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(path);
        return path;
    }
}
