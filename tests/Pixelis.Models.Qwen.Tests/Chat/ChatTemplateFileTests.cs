using System.Text.Json;
using Pixelis.Models.Qwen.Chat;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Chat;

public class ChatTemplateFileTests
{
    // Qwen2.5-VL's published template.
    private const string VisionTemplate =
        "{% set image_count = namespace(value=0) %}{% set video_count = namespace(value=0) %}{% for message in messages %}"
        + "{% if loop.first and message['role'] != 'system' %}<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}"
        + "<|im_start|>{{ message['role'] }}\n{% if message['content'] is string %}{{ message['content'] }}<|im_end|>\n{% else %}"
        + "{% for content in message['content'] %}{% if content['type'] == 'image' or 'image' in content or 'image_url' in content %}"
        + "{% set image_count.value = image_count.value + 1 %}{% if add_vision_id %}Picture {{ image_count.value }}: {% endif %}"
        + "<|vision_start|><|image_pad|><|vision_end|>{% elif content['type'] == 'video' or 'video' in content %}"
        + "{% set video_count.value = video_count.value + 1 %}{% if add_vision_id %}Video {{ video_count.value }}: {% endif %}"
        + "<|vision_start|><|video_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>\n"
        + "{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    [Theory]
    [InlineData("chat_template.jinja", false)]
    [InlineData("chat_template.json", true)]
    [InlineData("tokenizer_config.json", true)]
    public void A_published_template_is_recognised_wherever_it_lies(string name, bool isJson)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], isJson ? JsonSerializer.Serialize(new { chat_template = VisionTemplate }) : VisionTemplate + "\n");
        ChatTemplateFile found = ChatTemplateFile.Inspect(folder.Path);
        Assert.Equal((folder[name], ChatFormat.Qwen25Vision, true), (found.File, found.Format, found.IsPublished));
        Assert.Null(found.Warning);
    }

    [Theory]
    [InlineData("<|im_start|>x<|vision_start|>", ChatFormat.Qwen25Vision)]
    [InlineData("<|im_start|>x<think>", ChatFormat.Qwen3)]
    [InlineData("<|im_start|>x", ChatFormat.Qwen25)]
    [InlineData("[INST]", null)]
    public void Another_template_is_reported(string template, ChatFormat? format)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["tokenizer_config.json"],
            JsonSerializer.Serialize(new { chat_template = new object[] { new { name = "tools", template = "?" }, new { name = "default", template } } }));
        ChatTemplateFile found = ChatTemplateFile.Inspect(folder.Path);
        Assert.Equal((format, false), (found.Format, found.IsPublished));
        Assert.Contains(folder["tokenizer_config.json"], found.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_template_gives_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(new ChatTemplateFile(null, null, null, false), ChatTemplateFile.Inspect(folder.Path));
        File.WriteAllText(folder["tokenizer_config.json"], """{"chat_template": 7}""");
        Assert.Throws<ModelFormatException>(() => ChatTemplateFile.Inspect(folder.Path));
    }
}
