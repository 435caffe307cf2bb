namespace Pixelis.Data.Tests;

public sealed class DatasetFuserTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pixelis-fuse-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SourcesAreFilteredLimitedWeightedAndTheirMediaStayFound()
    {
        Write("a", GroundingTask.Glyph, 6);
        Write("b", GroundingTask.Word, 6);
        string manifest = Path.Combine(_folder, "manifest.json");
        File.WriteAllText(manifest, """
            {"schema": "pixelis.fuse/1", "seed": 3, "sources": [
              {"path": "a/t.jsonl", "limit": 2, "weight": 2},
              {"path": "b/t.jsonl", "families": ["word"]},
              {"path": "b/t.jsonl", "families": ["glyph"]}]}
            """);
        string output = Path.Combine(_folder, "out", "fused.jsonl");
        FuseReport report = DatasetFuser.Fuse(DatasetFuser.LoadManifest(manifest), _folder, output);
        Assert.Equal([2, 6, 0], report.BySource);
        Assert.Equal((8, 0, 6), (report.Written, report.Duplicates, report.Rejected));
        TrainingTrace[] read = [.. TraceJsonLines.Read(output)];
        Assert.Equal(2, read.Count(t => t.Weight == 2));
        foreach (TrainingTrace trace in read)
            Assert.NotNull(TraceMedia.Load(trace, Path.Combine(_folder, "out")).Example.Media[0].Image);
    }

    [Fact]
    public void TheSameTraceIsTakenOnce()
    {
        Write("a", GroundingTask.Glyph, 3);
        var manifest = new FuseManifest { Sources = [new FuseSource { Path = "a/t.jsonl" }, new FuseSource { Path = "a/t.jsonl" }] };
        FuseReport report = DatasetFuser.Fuse(manifest, _folder, Path.Combine(_folder, "f.jsonl"));
        Assert.Equal((3, 3), (report.Written, report.Duplicates));
    }

    [Fact]
    public void EmptyDatasetsAndBrokenManifestsAreRefusedByName()
    {
        File.WriteAllText(Path.Combine(_folder, "empty.jsonl"), "\n");
        var manifest = new FuseManifest { Sources = [new FuseSource { Path = "empty.jsonl" }] };
        Assert.Contains("empty.jsonl", Assert.Throws<DatasetFormatException>(() => DatasetFuser.Fuse(manifest, _folder, Path.Combine(_folder, "f.jsonl"))).Message);
        string file = Path.Combine(_folder, "m.json");
        File.WriteAllText(file, """{"sources": [{"path": "x", "weight": -1}]}""");
        Assert.Equal("sources[0].weight", Assert.Throws<DatasetFormatException>(() => DatasetFuser.LoadManifest(file)).Field);
    }

    private void Write(string name, GroundingTask task, int count)
    {
        string folder = Path.Combine(_folder, name);
        Directory.CreateDirectory(folder);
        var generator = new GroundingGenerator();
        TraceJsonLines.Write(Path.Combine(folder, "t.jsonl"), Enumerable.Range(0, count).Select(i =>
        {
            TrainingTrace trace = generator.Create(task, 1, i);
            return trace with { Example = PixelBenchWriter.SaveMedia(trace.Example, folder) };
        }));
    }
}
