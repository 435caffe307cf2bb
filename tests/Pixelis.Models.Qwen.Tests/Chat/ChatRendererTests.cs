using Pixelis.Models.Qwen.Chat;

namespace Pixelis.Models.Qwen.Tests.Chat;

public class ChatRendererTests
{
    [Fact]
    public void Turn_by_turn_gives_the_text_of_the_whole()
    {
        foreach (TemplateCase c in TemplateCase.All.Where(c => c.Template.Format != ChatFormat.Qwen3 && c.AddGenerationPrompt))
        {
            ChatRenderer renderer = c.Template.StartConversation(c.Tools);
            IEnumerable<ChatSegment> segments = c.Messages.SelectMany(renderer.Append).ToList();
            Assert.Equal(c.Text, ChatTemplate.ToText(segments.Concat(renderer.BeginModelTurn())));
        }
    }

    [Theory]
    [InlineData(true, "\n")]
    [InlineData(false, "<|im_end|>\n")]
    public void A_sampled_turn_is_closed_by_what_it_lacks(bool endTokenWasSampled, string expected)
    {
        ChatRenderer renderer = new ChatTemplate(ChatFormat.Qwen25Vision).StartConversation();
        renderer.Append(Message.User("q"));
        renderer.BeginModelTurn();
        Assert.Equal(expected, ChatTemplate.ToText(renderer.EndModelTurn(endTokenWasSampled)));
        Assert.Equal("<|im_start|>user\n<tool_response>\n1\n</tool_response", ChatTemplate.ToText(renderer.Append(new Message(Role.Tool, [new TextPart("1")]))));
        Assert.Equal(">\n<tool_response>\n2\n</tool_response", ChatTemplate.ToText(renderer.Append(new Message(Role.Tool, [new TextPart("2")]))));
        Assert.Equal("><|im_end|>\n<|im_start|>assistant\n", ChatTemplate.ToText(renderer.BeginModelTurn()));
    }

    [Fact]
    public void Reasoning_stays_in_a_running_conversation()
    {
        ChatRenderer renderer = new ChatTemplate(ChatFormat.Qwen3).StartConversation();
        renderer.Append(Message.User("q"));
        Assert.Equal("<|im_start|>assistant\n<think>\nr\n</think>\n\na<|im_end|>\n",
            ChatTemplate.ToText(renderer.Append(Message.Assistant("a") with { Reasoning = "r" })));
    }

    [Fact]
    public void Turns_must_alternate_with_their_ends()
    {
        ChatRenderer renderer = new ChatTemplate(ChatFormat.Qwen3).StartConversation();
        Assert.Throws<InvalidOperationException>(() => renderer.EndModelTurn(true));
        renderer.BeginModelTurn();
        Assert.Throws<InvalidOperationException>(renderer.BeginModelTurn);
        Assert.Throws<InvalidOperationException>(() => renderer.Append(Message.User("q")));
    }
}
