using System.Text.Json;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Tools;

namespace Pixelis.Models.Qwen.Tests.Chat;

public class ChatTemplateTests
{
    private static readonly ToolDefinition Zoom = new("zoom_in", "Looks closer.", JsonDocument.Parse("""{"type":"object"}""").RootElement);

    [Fact]
    public void Rendered_text_is_that_of_the_published_templates()
    {
        Assert.Equal(32, TemplateCase.All.Count);
        Assert.All(TemplateCase.All, c => Assert.Equal(c.Text, ChatTemplate.ToText(c.Template.Render(c.Messages, c.Tools, c.AddGenerationPrompt))));
    }

    [Fact]
    public void Vision_chats_have_tools_as_the_text_models_do()
    {
        var template = new ChatTemplate(ChatFormat.Qwen25Vision);
        Message[] messages =
        [
            Message.User(new ImagePart(null!), new TextPart("What is in the corner?")),
            new Message(Role.Assistant, [new TextPart("Looking.")]) { ToolCalls = [new ToolCall("zoom_in", JsonDocument.Parse("""{"bbox_2d":[1,2,3,4]}""").RootElement)] },
            new Message(Role.Tool, [new TextPart("The corner:"), new ImagePart(null!)]),
        ];
        Assert.Equal(
            "<|im_start|>system\nYou are a helpful assistant.\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
            + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>\n"
            + "{\"type\": \"function\", \"function\": {\"name\": \"zoom_in\", \"description\": \"Looks closer.\", \"parameters\": {\"type\": \"object\"}}}\n</tools>\n\n"
            + "For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n"
            + "<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call><|im_end|>\n"
            + "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>What is in the corner?<|im_end|>\n"
            + "<|im_start|>assistant\nLooking.\n<tool_call>\n{\"name\": \"zoom_in\", \"arguments\": {\"bbox_2d\": [1, 2, 3, 4]}}\n</tool_call><|im_end|>\n"
            + "<|im_start|>user\n<tool_response>\nThe corner:<|vision_start|><|image_pad|><|vision_end|>\n</tool_response><|im_end|>\n<|im_start|>assistant\n",
            ChatTemplate.ToText(template.Render(messages, [Zoom])));
    }

    [Theory]
    [InlineData(ChatFormat.Qwen25)]
    [InlineData(ChatFormat.Qwen3)]
    public void Text_models_refuse_images(ChatFormat format)
    {
        var template = new ChatTemplate(format);
        foreach (Role role in Enum.GetValues<Role>())
            Assert.Throws<PixelisException>(() => template.Render([new Message(role, [new ImagePart(null!)])]));
    }
}
