using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.TestKit;

namespace Pixelis.Agents.Tests.Reports;

/// <summary>
/// An episode over real photos and a real video in which each of the six tools does its work. What the model says is scripted (a
/// double of the model); loop, tools, pictures and results are real.
/// </summary>
internal static class SixToolEpisode
{
    public const string Question = "What colour is the animal, what does the page say, and does the person in the video leave the picture?";

    public static async Task<AgentAnswer> RunAsync()
    {
        var model = new ScriptedModel(Answer) { LogProbability = Doubt, See = image => new SeenSize(Near(image.Width), Near(image.Height)) };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.All()).Build();
        ContentPart[] media =
        [
            new ImagePart(ImageFile.Load(SharedData.RequirePath("real/segmentation/obj_llama.jpg"))),
            new ImagePart(ImageFile.Load(SharedData.RequirePath("real/ocr/tyger_poem.jpg"))),
            new VideoPart(Clip(SharedData.RequirePath("real/tracking/crossing"), 60)),
        ];
        var paths = new Dictionary<int, string> { [1] = "obj_llama.jpg", [2] = "tyger_poem.jpg", [3] = "crossing" };
        return await agent.AskAsync(new AgentRequest(Question, media) { Paths = paths });
    }

    private static readonly string[] Turns =
    [
        "The first image shows an animal. Its outline will tell which pixels are the animal's.\n"
            + Call("SEGMENT_OBJECT_AT", "\"point_2d\": [224, 182], \"target_image\": 1"),
        "Now the colours of exactly that region, and a closer look at the head.\n"
            + Call("GET_PROPERTIES", "\"object\": \"obj1\"") + "\n" + Call("ZOOM_IN", "\"bbox_2d\": [120, 100, 364, 236], \"target_image\": 1"),
        "The second image is a page. I read it.\n" + Call("READ_TEXT", "\"target_image\": 2"),
        "The video next. Frame 400 first.\n" + Call("SELECT_FRAMES", "\"target_video\": 3, \"target_frames\": [1, 400]"),
        "There are only 60 frames; the first and the last will do.\n" + Call("SELECT_FRAMES", "\"target_video\": 3, \"target_frames\": [1, 60]"),
        "I follow the person through the clip.\n" + Call("TRACK_OBJECT", "\"target_video\": 3, \"bbox_2d\": [204, 150, 221, 200]"),
        "The measured colours, the page and the track answer all three parts.\n\n\\boxed{The animal is as GET_PROPERTIES measured it; the page is Blake's poem \"The Tyger\"; the person stays in the picture.}",
    ];

    private static string Answer(IReadOnlyList<Message> messages) => Turns[Math.Min(messages.Count(m => m.Role == Role.Assistant), Turns.Length - 1)];

    private static string Call(string tool, string arguments) => $"<tool_call>\n{{\"name\": \"{tool}\", \"arguments\": {{{arguments}}}}}\n</tool_call>";

    // Every word is as likely as its letters say: arbitrary, the same each time, and different from word to word.
    private static float Doubt(string turn, int at)
    {
        int start = at == 0 ? 0 : turn.LastIndexOfAny([' ', '\n'], at - 1) + 1;
        int end = turn.IndexOfAny([' ', '\n'], at) is var found and >= 0 ? found : turn.Length;
        int sum = end <= start ? 0 : turn[start..end].Sum(c => c * 31) % 100;
        return -MathF.Pow(sum / 100f, 3) * 3;
    }

    private static int Near(int side) => Math.Max(28, (int)Math.Round(side / 28.0) * 28);

    private static VideoClip Clip(string folder, int frames) => new(
        [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Take(frames).Select((file, i) => new VideoFrame(ImageFile.Load(file), i, TimeSpan.FromSeconds(i / 25.0)))], 25);
}
