namespace Pixelis.Data.Tests;

public sealed class AdaptersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pixelis-adapters-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A picture of 4 x 3; COCO counts column by column: six outside are the first two columns, three inside the third.
    [Fact]
    public void CocoBoxesPolygonsAndRunLengthsAreRead()
    {
        string file = Write("coco.json", """
            {"images": [{"id": 7, "file_name": "x.jpg", "width": 4, "height": 3, "license": 1}],
             "licenses": [{"id": 1, "name": "CC-BY-4.0"}],
             "categories": [{"id": 1, "name": "cup"}, {"id": 2, "name": "crowd"}],
             "annotations": [
               {"image_id": 7, "category_id": 1, "bbox": [0, 0, 2, 3], "segmentation": [[0, 0, 2, 0, 2, 3, 0, 3]]},
               {"image_id": 7, "category_id": 1, "bbox": [2, 0, 1, 3], "segmentation": {"size": [3, 4], "counts": [6, 3, 3]}},
               {"image_id": 7, "category_id": 2, "bbox": [0, 0, 4, 3], "iscrowd": 1, "segmentation": {"size": [3, 4], "counts": [0, 12]}}]}
            """);
        Example example = Assert.Single(new CocoAdapter("val").Read(file));
        Assert.Equal(("2", "CC-BY-4.0", "val/x.jpg"), (example.Answer, example.License, example.Media[0].Path));
        Assert.Equal(6, example.Truth[0].Mask!.Area);
        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0], example.Truth[1].Mask!.Decode());
        Assert.Equal(new PixelBox(2, 0, 3, 3), example.Truth[1].Box);
    }

    // Packing by the rule: a letter is 48 plus five bits of the number; from the fourth number on it is the difference to the one two before.
    [Fact]
    public void PackedRunLengthsGiveTheSameMask()
    {
        const string text = """
            {"images": [{"id": 1, "file_name": "x", "width": 4, "height": 4}], "categories": [{"id": 1, "name": "cup"}],
             "annotations": [{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": {"counts": COUNTS}}]}
            """;
        RunLengthMask plain = Mask(text.Replace("COUNTS", "[4, 3, 5, 2, 2]", StringComparison.Ordinal));
        // Differences from the fourth on: 2 - 3 = -1 -> 31 ('O'), 2 - 5 = -3 -> 29 ('M').
        RunLengthMask packed = Mask(text.Replace("COUNTS", "\"435OM\"", StringComparison.Ordinal));
        Assert.Equal(plain, packed);
        var error = Assert.Throws<DatasetFormatException>(() => Mask(text.Replace("COUNTS", "[4, 3]", StringComparison.Ordinal)));
        Assert.Contains("segmentation.counts", error.Message);
    }

    [Fact]
    public void VqaLinesAreReadWithTheirManySpellings()
    {
        string file = Write("vqa.jsonl", """
            {"image": "a.png", "question": "How many?", "answer": 3, "id": "q1", "license": "MIT"}
            {"images": ["a.png", "b.png"], "problem": "Same?", "solution": "no"}
            {"image": "a.png", "question": "What?", "answers": [{"answer": "cat"}, {"answer": "Cat "}, {"answer": "dog"}]}
            {"question": "Where?", "answer": "here"}
            """);
        var reported = new List<DatasetFormatException>();
        Example[] read = [.. new VqaAdapter().Read(file, BrokenLines.Skip, reported.Add)];
        Assert.Equal(["3", "no", "cat"], read.Select(e => e.Answer));
        Assert.Equal(["MIT", "unknown", "unknown"], read.Select(e => e.License));
        Assert.Equal(2, read[1].Media.Count);
        Assert.Equal((4, "image"), (reported.Single().Line, reported.Single().Field));
    }

    private RunLengthMask Mask(string json) => new CocoAdapter().Read(Write("m.json", json)).Single().Truth[0].Mask!;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
