using Pixelis.Agents.Dialects;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Tools;

namespace Pixelis.Agents.Tests.PixelReasoner;

/// <summary>
/// The prompt, byte for byte. The expected texts were derived from the released code, not from ours: the classes' `parameters` and
/// `description` and the template `vcot` were taken out of Pixel-Reasoner's experience_maker.py and prompts_dataset.py by parsing these
/// files, rendered with Python's json.dumps into FN_CALL_TEMPLATE of Qwen-Agent's nous_fncall_prompt.py (which the released code calls)
/// after "You are a helpful assistant." and two line breaks, and put into Qwen2.5-VL's chat template.
/// </summary>
public class PixelReasonerPromptTests
{
    private const string System = """
        <|im_start|>system
        You are a helpful assistant.

        # Tools

        You may call one or more functions to assist with the user query.

        You are provided with function signatures within <tools></tools> XML tags:
        <tools>
        {"type": "function", "function": {"name": "crop_image_normalized", "description": "Zoom in on the image based on the bounding box coordinates. It is useful when the object or text in the image is too small to be seen.", "parameters": {"type": "object", "properties": {"bbox_2d": {"type": "array", "description": "coordinates for bounding box of the area you want to zoom in. Values should be within [0.0,1.0].", "items": {"type": "number"}}, "target_image": {"type": "number", "description": "The index of the image to crop. Index from 1 to the number of images. Choose 1 to operate on original image."}}, "required": ["bbox_2d", "target_image"]}}}
        {"type": "function", "function": {"name": "select_frames", "description": "Select frames from a video.", "parameters": {"type": "object", "properties": {"target_frames": {"type": "array", "description": "List of frame indices to select from the video (no more than 8 frames in total).", "items": {"type": "integer", "description": "Frame index from 1 to 16."}}}, "required": ["target_frames"]}}}
        </tools>

        For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
        <tool_call>
        {"name": <function-name>, "arguments": <args-json-object>}
        </tool_call><|im_end|>

        """;

    private const string Guideline = """




        Guidelines: Understand the given visual information and the user query. Determine if it is beneficial to employ the given visual operations (tools). For a video, we can look closer by `select_frames`. For an image, we can look closer by `crop_image`. Reason with the visual information step by step, and put your final answer within \boxed{}.<|im_end|>
        <|im_start|>assistant

        """;

    private static readonly PixelImage Picture = PixelImage.Wrap(56, 56, PixelFormat.Rgb24, new byte[56 * 56 * 3]);

    [Fact]
    public async Task An_image_question_is_rendered_as_the_released_code_renders_it() => Assert.Equal(
        System + "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>What is written on the sign?" + Guideline,
        await RenderAsync("What is written on the sign?", new ImagePart(Picture)));

    [Fact]
    public async Task A_video_question_is_rendered_as_the_released_code_renders_it()
    {
        var clip = new VideoClip([.. Enumerable.Range(0, 40).Select(i => new VideoFrame(Picture, i, TimeSpan.FromSeconds(i)))], 1);
        Assert.Equal(
            System + "<|im_start|>user\n<|vision_start|><|video_pad|><|vision_end|>What does the child pick up?" + Guideline,
            await RenderAsync("What does the child pick up?", new VideoPart(clip)));
    }

    // After a call the released loop appends the assistant's text and a user turn of caption and picture, and renders the whole chat again.
    [Fact]
    public async Task An_observation_is_a_user_turn_of_caption_and_picture()
    {
        const string call = "Let me look.\n<tool_call>\n{\"name\": \"crop_image_normalized\", \"arguments\": {\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 1}}\n</tool_call>";
        var model = new ScriptedModel(m => m.Count(x => x.Role == Role.Assistant) == 0 ? call : "\\boxed{1}") { ContextLength = 10_000 };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithDialect(AgentDialect.PixelReasoner).WithTools(t => t.PixelReasoner()).Build();
        await agent.AskAsync("Q", Picture);
        string text = ChatTemplate.ToText(new ChatTemplate(ChatFormat.Qwen25Vision).Render(model.Shown[1], model.Tools));
        Assert.Equal(
            System + "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>Q" + Guideline + call
            + "<|im_end|>\n<|im_start|>user\n\nHere is the cropped image (Image Size: 448x448):<|vision_start|><|image_pad|><|vision_end|><|im_end|>\n<|im_start|>assistant\n",
            text);
    }

    [Fact]
    public async Task Without_tools_the_short_guideline_follows()
    {
        var model = new ScriptedModel(_ => "\\boxed{1}");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithDialect(AgentDialect.PixelReasoner).Build();
        await agent.AskAsync("Q", Picture);
        Assert.Equal("Q\n\nPlease think step by step, and put your final answer within \\boxed{}.", model.Shown[0][0].Text);
    }

    private static async Task<string> RenderAsync(string question, ContentPart media)
    {
        var model = new ScriptedModel(_ => "\\boxed{1}");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithDialect(AgentDialect.PixelReasoner).WithTools(t => t.PixelReasoner()).Build();
        await agent.AskAsync(new AgentRequest(question, [media]));
        IReadOnlyList<ToolDefinition> tools = model.Tools;
        return ChatTemplate.ToText(new ChatTemplate(ChatFormat.Qwen25Vision).Render(model.Shown[0], tools));
    }
}
