using Pixelis.Data;
using Pixelis.Imaging;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests.Streams;

/// <summary>What a stream of requests may look like, and what is said of lines that cannot be read.</summary>
public sealed class RequestFileTests : IDisposable
{
    private const int Side = 2;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Our_own_form_with_files_data_and_a_clip()
    {
        PixelImage picture = Examples.Picture(1);
        ImageFile.Save(picture, _folder["a.png"]);
        Directory.CreateDirectory(_folder["frames"]);
        ImageFile.Save(Examples.Picture(2), _folder["frames/1.png"]);
        ImageFile.Save(Examples.Picture(3), _folder["frames/2.png"]);
        string data = $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(_folder["a.png"]))}";
        StreamRequest request = Assert.Single(Read($$"""{"id": "r1", "question": "How many?", "images": ["a.png", "{{data}}"], "video": "frames", "tenant": "t", "subject": "ann", "answer": "3"}"""));
        Assert.Equal(("r1", 1, "How many?", "t", "ann"), (request.Id, request.Line, request.Question, request.Tenant, request.Subject));
        Assert.Equal(3, request.Media.Count);
        Assert.All(request.Media.Take(2), part => Assert.Equal(picture.ContentHash, ((ImagePart)part).Image.ContentHash));
        Assert.Equal(2, ((VideoPart)request.Media[2]).Clip.Frames.Count);

        StreamRequest bare = Assert.Single(Read("""{"question": "What?"}"""));
        Assert.Equal(("stream.jsonl:1", "default", null, 0), (bare.Id, bare.Tenant, bare.Subject, bare.Media.Count));
    }

    [Theory]
    [InlineData("[3, 2, 2]", "1, 0, 0, 1, 0.2, 0, 0, 1, 0, 0, 0, 0.4")] // planes, 0 to 1
    [InlineData("[1, 3, 2, 2]", "255, 0, 0, 255, 51, 0, 0, 255, 0, 0, 0, 102")] // a batch of planes, 0 to 255
    [InlineData("[2, 2, 3]", "1, 0.2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0.4")] // pixel by pixel
    public void Tensors_are_pixels(string shape, string numbers)
    {
        byte[] expected = [255, 51, 0, 0, 0, 0, 0, 0, 0, 255, 255, 102];
        foreach (string field in (string[])["image_features", "images", "pixel_values"])
        {
            string tensor = $$"""{"shape": {{shape}}, "data": [{{numbers}}]}""", value = field == "images" ? $"[{tensor}]" : tensor;
            ImagePart part = Assert.IsType<ImagePart>(Assert.Single(Assert.Single(Read($$"""{"question": "?", "{{field}}": {{value}}}""")).Media));
            Assert.Equal((Side, Side), (part.Image.Width, part.Image.Height));
            Assert.Equal(expected, part.Image.Pixels.ToArray());
        }
    }

    [Fact]
    public void Nested_lists_are_tensors_too()
    {
        StreamRequest request = Assert.Single(Read("""{"question": "?", "image": [[[1, 0], [0, 1]], [[0.2, 0], [0, 1]], [[0, 0], [0, 0.4]]]}"""));
        Assert.Equal([255, 51, 0, 0, 0, 0, 0, 0, 0, 255, 255, 102], ((ImagePart)request.Media[0]).Image.Pixels.ToArray());
    }

    [Fact]
    public void Records_of_the_first_server_are_read()
    {
        const string record = """
            {"request_id": "sim_3", "input_data": {"input_ids": [[0, 0, 7, 8, 9]], "attention_mask": [[0, 0, 1, 1, 1]], "labels": [[-100, 7]], "embedding": [0.5],
            "image_features": {"shape": [1, 3, 1, 1], "values": [0, 128, 255]}}, "priority": 3}
            """;
        StreamRequest request = Assert.Single(Read(record.ReplaceLineEndings(""), ids => string.Join('-', ids)));
        Assert.Equal(("sim_3", "7-8-9"), (request.Id, request.Question));
        Assert.Equal([0, 128, 255], ((ImagePart)request.Media[0]).Image.Pixels.ToArray());
        Assert.Contains("tokenizer", Problem("""{"input_ids": [1]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Media_of_data_sets_are_read_with_the_rate_of_their_frames()
    {
        ImageFile.Save(Examples.Picture(1), _folder["a.png"]);
        Directory.CreateDirectory(_folder["frames"]);
        ImageFile.Save(Examples.Picture(2), _folder["frames/1.png"]);
        ImageFile.Save(Examples.Picture(3), _folder["frames/2.png"]);
        StreamRequest request = Assert.Single(Read("""
            {"question": "?", "media": [{"kind": "image", "path": "a.png", "width": 8}, {"kind": "video", "path": "frames", "frames_per_second": 4}], "truth": [1]}
            """.Trim()));
        Assert.IsType<ImagePart>(request.Media[0]);
        Assert.Equal(4, Assert.IsType<VideoPart>(request.Media[1]).Clip.FramesPerSecond);

        StreamRequest unknown = Assert.Single(Read("""{"question": "?", "media": [{"kind": null, "path": "a.png"}, {"kind": "video", "path": "frames", "frames_per_second": 0}]}"""));
        Assert.IsType<ImagePart>(unknown.Media[0]);
        Assert.Equal(2, Assert.IsType<VideoPart>(unknown.Media[1]).Clip.FramesPerSecond); // a folder that does not say is read as 2
    }

    [Theory]
    [InlineData("""{"question": "?", "media": {"path": "a.png"}}""", "'media': a list")]
    [InlineData("""{"question": "?", "media": [{"kind": "image"}]}""", "'media[0]': an object with a 'path'")]
    [InlineData("""{"question": "?", "media": [{"path": "absent.png"}]}""", "'media[0]'")]
    [InlineData("""{"question": "?", "media": [{"kind": 3, "path": "a.png"}]}""", "'media[0].kind': 'image' or 'video' was expected")]
    [InlineData("""{"question": "?", "media": [{"kind": ["video"], "path": "a.png"}]}""", "'media[0].kind'")]
    [InlineData("""{"question": "?", "media": [{"kind": "sound", "path": "a.wav"}]}""", "'media[0].kind'")]
    [InlineData("""{"question": "?", "media": [{"kind": "video", "path": "a", "frames_per_second": "4"}]}""", "'media[0].frames_per_second': a number from 0.001 to 1000")]
    [InlineData("""{"question": "?", "media": [{"kind": "video", "path": "a", "frames_per_second": -1}]}""", "'media[0].frames_per_second'")]
    [InlineData("""{"question": "?", "media": [{"kind": "video", "path": "a", "frames_per_second": 1e-300}]}""", "'media[0].frames_per_second'")]
    [InlineData("""{"question": "?", "media": [{"kind": "video", "path": "a", "frames_per_second": 1e999}]}""", "'media[0].frames_per_second'")]
    [InlineData("{", "no JSON")]
    [InlineData("[1]", "a JSON object was expected")]
    [InlineData("{}", "'question': is missing")]
    [InlineData("""{"question": 3}""", "'question': a text was expected")]
    [InlineData("""{"question": "?", "images": ["absent.png"]}""", "'images[0]'")]
    [InlineData("""{"question": "?", "images": ["http://example.org/a.png"]}""", "nothing is fetched")]
    [InlineData("""{"question": "?", "images": ["data:image/png;base64,!!"]}""", "data URI cannot be read")]
    [InlineData("""{"question": "?", "image_features": {"shape": [3, 1, 1], "data": [-2, 0, 1]}}""", "Undo the normalisation")]
    [InlineData("""{"question": "?", "image_features": {"shape": [4, 1, 1], "data": [0, 0, 0, 0]}}""", "[3, H, W] or [H, W, 3]")]
    [InlineData("""{"question": "?", "image_features": {"shape": [3, 2, 2], "data": [0]}}""", "has 1 numbers for the shape [3, 2, 2]")]
    [InlineData("""{"question": "?", "image_features": {"shape": [3, 99999, 99999], "data": [0]}}""", "at most")]
    [InlineData("""{"question": "?", "image": [[[1], [0, 1]], [[0], [0]], [[0], [0]]]}""", "not equally long")]
    [InlineData("""{"question": "?", "images": [null]}""", "no number")]
    [InlineData("""{"input_ids": [-1]}""", "'input_ids'")]
    public void What_cannot_be_read_is_named_by_file_line_and_field(string line, string expected)
    {
        string problem = Problem(line, ids => "text");
        Assert.Contains("stream.jsonl:2: ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_lines_can_be_passed_over_and_reading_begins_after_a_line()
    {
        File.WriteAllLines(_folder["stream.jsonl"], ["""{"question": "1"}""", "", "broken", """{"question": "4"}""", """{"question": "5"}"""]);
        var broken = new List<int>();
        var file = new RequestFile(_folder["stream.jsonl"]);
        Assert.Equal([1, 4, 5], file.Read(broken: (line, _) => broken.Add(line)).Select(r => r.Line));
        Assert.Equal([3], broken);
        Assert.Equal([5], file.Read(after: 4).Select(r => r.Line));
        Assert.Equal(4, file.Count());
        Assert.Contains("no such file", Assert.Throws<PixelisException>(() => new RequestFile(_folder["absent"]).Count()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private List<StreamRequest> Read(string line, Func<IReadOnlyList<int>, string>? decode = null)
    {
        File.WriteAllText(_folder["stream.jsonl"], line + "\n");
        return [.. new RequestFile(_folder["stream.jsonl"], decode).Read()];
    }

    private string Problem(string line, Func<IReadOnlyList<int>, string>? decode = null)
    {
        File.WriteAllText(_folder["stream.jsonl"], "\n" + line + "\n");
        return Assert.Throws<DatasetFormatException>(() => new RequestFile(_folder["stream.jsonl"], decode).Read().ToList()).Message;
    }
}
