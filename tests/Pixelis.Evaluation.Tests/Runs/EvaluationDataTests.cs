using Pixelis.Data;
using Pixelis.Evaluation.Tests.Support;
using Pixelis.Imaging;
using Pixelis.TestKit;

namespace Pixelis.Evaluation.Tests.Runs;

public class EvaluationDataTests
{
    private const string Good = """{"id": "a", "question": "?", "answer": "1", "family": "x", "media": [{"path": "a.png"}]}""";

    private static string File_(TemporaryFolder folder, params string[] lines)
    {
        ImageFile.Save(PixelImage.Create(2, 2, PixelFormat.Rgb24, new byte[12]), folder["a.png"]);
        File.WriteAllLines(folder["data.jsonl"], lines);
        return folder["data.jsonl"];
    }

    [Fact]
    public async Task Examples_of_a_file_come_with_their_pictures()
    {
        using var folder = new TemporaryFolder();
        EvaluationData data = EvaluationData.FromFile(File_(folder, Good, "", Good.Replace("\"a\"", "\"b\"").Replace("\"x\"", "\"y\"")), []);
        Assert.Equal((2, "data.jsonl"), (data.Count, data.Name));
        Assert.True((await data.GetAsync(1)).Media[0].IsLoaded);
    }

    [Fact]
    public void Parts_of_a_file_are_the_same_data_and_changed_ones_are_not()
    {
        using var folder = new TemporaryFolder();
        string path = File_(folder, Good, Good.Replace("\"a\"", "\"b\"").Replace("\"x\"", "\"y\""));
        EvaluationData all = EvaluationData.FromFile(path, []), part = EvaluationData.FromFile(path, ["Y"]), one = EvaluationData.FromFile(path, [], 1);
        Assert.Equal((1, 1), (part.Count, one.Count));
        Assert.Equal(["all", "y", "all"], [all.Selection, part.Selection, one.Selection]);
        Assert.Equal([all.Fingerprint, all.Fingerprint], [part.Fingerprint, one.Fingerprint]);
        Assert.NotEqual(all.Fingerprint, EvaluationData.FromFile(File_(folder, Good.Replace("\"1\"", "\"2\"")), []).Fingerprint);
    }

    [Theory]
    [InlineData("{", "data.jsonl:2:")]
    [InlineData("""{"id": "b", "answer": "1"}""", "data.jsonl:2: field 'question'")]
    [InlineData("""{"id": "b", "question": "?", "answer": "1", "difficulty": 9}""", "data.jsonl:2: field 'difficulty'")]
    [InlineData("""{"id": "b", "question": "?", "answer": "1", "media": [{"path": "none.png"}]}""", "example 'b', field 'media[0].path'")]
    [InlineData("""{"id": "b", "question": "?", "answer": "1", "media": [{}]}""", "example 'b', field 'media[0].path' is missing")]
    public void A_broken_example_is_refused_or_left_out(string line, string message)
    {
        using var folder = new TemporaryFolder();
        string path = File_(folder, Good, line);
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => EvaluationData.FromFile(path, [])).Message);
        EvaluationData rest = EvaluationData.FromFile(path, [], broken: BrokenLines.Skip);
        Assert.Equal(1, rest.Count);
        Assert.Contains(message, Assert.Single(rest.LeftOut));
    }

    [Fact]
    public void Empty_data_and_ids_that_occur_twice_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no examples", Assert.Throws<PixelisException>(() => EvaluationData.FromFile(File_(folder), [])).Message);
        Assert.Contains("no examples", Assert.Throws<PixelisException>(() => EvaluationData.FromFile(File_(folder, Good), ["other"])).Message);
        Assert.Contains("'a' names 2 examples", Assert.Throws<PixelisException>(() => EvaluationData.FromFile(File_(folder, Good, Good), [])).Message);
        Assert.Throws<FileNotFoundException>(() => EvaluationData.FromFile(folder["none.jsonl"], []));
    }

    [Fact]
    public void Splits_variants_and_streams_of_PixelBench_are_different_data()
    {
        var options = new PixelBenchOptions { Split = PixelBenchSplit.Test };
        string[] prints = [.. new[] { options, options with { Shift = PixelBenchShift.All }, options with { Shift = PixelBenchShift.Noise }, options with { Stream = 1 }, options with { Split = PixelBenchSplit.Validation } }.Select(o => EvaluationData.PixelBench(o, 5).Fingerprint)];
        Assert.Equal(5, prints.Distinct().Count());
        EvaluationData spot = EvaluationData.PixelBench(options with { Families = [PixelBenchFamily.Spot], Difficulties = [1] }, 9);
        Assert.Equal((prints[0], "spot of difficulty 1"), (spot.Fingerprint, spot.Selection));
    }

    [Fact]
    public async Task A_source_that_ends_is_not_read_beyond_its_end()
    {
        EvaluationData data = EvaluationData.Of(new Three(), 10);
        Assert.Equal(3, data.Count);
        Assert.Equal("sum-2", (await data.GetAsync(2)).Id);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await data.GetAsync(3));
    }

    private sealed class Three : IExampleSource
    {
        public string Name => "three";

        public long? Count => 3;

        public ValueTask<Example> GetAsync(long index, CancellationToken cancellationToken = default) => ValueTask.FromResult(Sums.Example((int)index));
    }
}
