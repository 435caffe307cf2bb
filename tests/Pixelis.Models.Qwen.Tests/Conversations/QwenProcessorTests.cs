using System.Text.Json;
using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Tools;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests.Conversations;

[Collection(TinyChatModelCollection.Name)]
public class QwenProcessorTests(TinyChatModel tiny)
{
    private static readonly GenerationOptions Options = new() { MaxNewTokens = 7, Temperature = 1, TopK = 50, Seed = 8, IgnoreEndOfTurn = true };

    private static readonly ToolDefinition[] Tools =
        [new ToolDefinition("ZOOM_IN", "Looks closer.", JsonDocument.Parse("""{"type": "object", "properties": {"bbox_2d": {"type": "array"}}}""").RootElement)];

    private readonly QwenProcessor _processor = QwenProcessor.FromPretrained(tiny.Folder);

    [Fact]
    public async Task Tokens_provenance_and_patches_are_those_of_a_running_conversation_with_pictures_and_tool_turns()
    {
        Message[][] injected =
        [
            [Message.System("be short"), Message.User(new ImagePart(TinyChatModel.Picture(90, 60, 1)), new TextPart("what?"))],
            [Tool("cropped", TinyChatModel.Picture(60, 60, 2)), Tool("also", null)],
            [Tool("last", TinyChatModel.Picture(56, 84, 3)), Message.User("and now?")],
        ];
        using IConversation conversation = tiny.Model.StartConversation(Tools);
        var turns = new List<ConversationTurn>();
        foreach (Message[] messages in injected)
        {
            foreach (Message message in messages)
            {
                conversation.Append(message);
                turns.Add(message);
            }

            var ids = new List<int>();
            await foreach (GeneratedToken token in conversation.GenerateAsync(Options))
                ids.Add(token.Id);
            turns.Add(new ConversationTurn(Message.Assistant("not read")) { TokenIds = ids });
        }

        PreparedConversation prepared = _processor.Prepare(turns, Tools);
        Assert.Equal(conversation.Tokens.Select(t => t.Id), prepared.TokenIds);
        Assert.Equal(conversation.Tokens.Select(t => t.Provenance), prepared.Provenance);
        Assert.Equal(3, prepared.Visuals.Count);
        Assert.All(prepared.Visuals, v => Assert.All(prepared.TokenIds.Skip(v.Start).Take(v.Length), id => Assert.Equal(_processor.Config.ImageTokenId, id)));
        int[] sampledTurns = [2, 5, 8];
        Assert.All(sampledTurns, i => Assert.Equal(turns[i].TokenIds!, prepared.TokenIds.Skip(prepared.Spans[i].Start).Take(prepared.Spans[i].Length)));
        Assert.Equal(21, prepared.Provenance.Count(p => p == TokenProvenance.Sampled));
        ComparesWithSampling(conversation, prepared);
    }

    [Fact]
    public void An_assistant_turn_given_as_text_is_what_decodes_to_it_and_ends_with_the_end_token()
    {
        const string text = "Look.\n<tool_call>\n{\"name\": \"ZOOM_IN\", \"arguments\": {}}\n</tool_call>";
        PreparedConversation prepared = _processor.Prepare([Message.User("go"), Message.Assistant(text), Message.User("more")], Tools);
        int[] turn = [.. prepared.TokenIds.Skip(prepared.Spans[1].Start).Take(prepared.Spans[1].Length)];
        Assert.Equal(text, _processor.Tokenizer.Decode(turn, skipSpecialTokens: true));
        Assert.Equal(_processor.EndOfTurnToken, turn[^1]);
        Assert.True(_processor.Tokenizer.TryGetAddedToken("<tool_call>", out int call));
        Assert.Contains(call, turn); // one token, as a model samples it
        Assert.Equal(turn.Length, prepared.Provenance.Count(p => p == TokenProvenance.Sampled));
        PreparedConversation recorded = _processor.Prepare(
            [Message.User("go"), new ConversationTurn(Message.Assistant("")) { TokenIds = turn }, Message.User("more")], Tools);
        Assert.Equal(prepared.TokenIds, recorded.TokenIds);
        var withCalls = new Message(Role.Assistant, [new TextPart("Look.")]) { ToolCalls = [new ToolCall("ZOOM_IN", JsonDocument.Parse("{}").RootElement)] };
        Assert.Equal(prepared.TokenIds, _processor.Prepare([Message.User("go"), withCalls, Message.User("more")], Tools).TokenIds);
    }

    [Fact]
    public async Task Injected_assistant_turns_are_those_of_a_running_conversation_that_was_given_them()
    {
        var called = new Message(Role.Assistant, [new TextPart("Look.")]) { ToolCalls = [new ToolCall("ZOOM_IN", JsonDocument.Parse("{}").RootElement)] };
        Message[] earlier = [Message.User("go"), called, Tool("a crop", TinyChatModel.Picture(60, 60, 2)), Message.Assistant("Red. <|im_end|>"), Message.User("more")];
        using IConversation conversation = tiny.Model.StartConversation(Tools);
        foreach (Message message in earlier)
            conversation.Append(message);
        var ids = new List<int>();
        await foreach (GeneratedToken token in conversation.GenerateAsync(Options))
            ids.Add(token.Id);

        PreparedConversation prepared = _processor.Prepare(
            [.. earlier.Select(m => new ConversationTurn(m) { IsInjected = true }), new ConversationTurn(Message.Assistant("")) { TokenIds = ids }], Tools);
        Assert.Equal(conversation.Tokens.Select(t => t.Id), prepared.TokenIds);
        Assert.Equal(conversation.Tokens.Select(t => t.Provenance), prepared.Provenance);
        Assert.Equal(ids.Count, prepared.Provenance.Count(p => p == TokenProvenance.Sampled));
        using ConversationBatch batch = ConversationCollator.Collate([prepared], null, _processor.PaddingToken);
        Assert.Equal(ids.Count, batch.Targets.Count);
    }

    [Fact]
    public void Control_tokens_that_an_assistant_turn_spells_stay_text()
    {
        PreparedConversation prepared = _processor.Prepare([Message.User("go"), Message.Assistant("a<|im_end|>b<|image_pad|>")]);
        Assert.Equal(1, prepared.Provenance.Zip(prepared.TokenIds).Count(p => p.First == TokenProvenance.Sampled && _processor.Tokenizer.IsSpecialToken(p.Second)));
    }

    [Fact]
    public void Without_assistant_turns_the_tokens_are_the_templates()
    {
        Message[] messages = [Message.System("s"), Message.User("q"), Message.Assistant("a"), Message.User("r")];
        int[] whole = ChatEncoder.Encode(_processor.Tokenizer, new ChatTemplate(ChatFormat.Qwen25Vision).Render(messages, addGenerationPrompt: false));
        Assert.Equal(whole, _processor.Prepare([.. messages.Select(m => new ConversationTurn(m))]).TokenIds);
    }

    [Fact]
    public void What_cannot_be_prepared_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _processor.Prepare([]));
        Assert.Contains("User", Assert.Throws<ArgumentException>(() => _processor.Prepare([new ConversationTurn(Message.User("a")) { TokenIds = [1] }])).Message);
        Assert.Contains("injected", Assert.Throws<ArgumentException>(
            () => _processor.Prepare([new ConversationTurn(Message.Assistant("a")) { IsInjected = true, TokenIds = [1] }])).Message);
        Assert.Contains("99999", Assert.Throws<ArgumentException>(
            () => _processor.Prepare([Message.User("a"), new ConversationTurn(Message.Assistant("")) { TokenIds = [99999] }])).Message);
        Assert.Contains("30", Assert.Throws<ContextLengthException>(
            () => _processor.Prepare([Message.User(new ImagePart(TinyChatModel.Picture(900, 900, 1)))], maxTokens: 30)).Message);
        Assert.Contains("900x2", Assert.ThrowsAny<PixelisException>(
            () => _processor.Prepare([Message.User(new ImagePart(TinyChatModel.Picture(900, 2, 1)))])).Message);
    }

    // The proof that provenance and rows are right: the collated batch gives each sampled token the probability it was sampled with.
    private void ComparesWithSampling(IConversation conversation, PreparedConversation prepared)
    {
        using IDisposable noGrad = torch.no_grad();
        PreparedConversation other = _processor.Prepare([Message.User("a much shorter one"), Message.Assistant("yes")]);
        using ConversationBatch batch = ConversationCollator.Collate([other, prepared], null, _processor.PaddingToken);
        using ModelOutput output = tiny.Model.Model.Forward(batch.Inputs, options: new ForwardOptions { LogitRows = batch.TargetRows });
        using Tensor logProbs = Pixelis.Tensors.TokenLogProbs.Of(output.Logits!, batch.TargetIds);
        float[] found = logProbs.data<float>().ToArray();
        float[] sampled = [.. conversation.Tokens.Where(t => t.Provenance == TokenProvenance.Sampled).Select(t => t.LogProbability)];
        int second = batch.Targets.TakeWhile(t => t.Conversation == 0).Count();
        Assert.Equal(sampled.Length, found.Length - second);
        for (int i = 0; i < sampled.Length; i++)
            Assert.Equal(sampled[i], found[second + i], 1e-4);
    }

    private static Message Tool(string text, PixelImage? image) =>
        new(Role.Tool, image is null ? [new TextPart(text)] : [new TextPart(text), new ImagePart(image)]);
}
