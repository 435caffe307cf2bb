using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Pixelis.Agents.Telemetry;
using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.Tools;

namespace Pixelis.Agents.ChatClients;

/// <summary>
/// A conversation with a remote model. Calls the server reports as such are written back into the turn's text in Qwen's form,
/// so that the loop reads one format whoever the model is.
/// </summary>
internal sealed class ChatClientConversation(IChatClient client, IReadOnlyList<ToolDefinition> tools, bool seesImages) : IConversation, ITokenCounts
{
    private readonly List<ChatMessage> _messages = [];
    private readonly List<AITool> _tools = [.. tools.Select(t => new DeclaredTool(t))];
    private readonly Queue<string> _openCalls = new();

    public IReadOnlyList<ConversationToken> Tokens => [];

    public GeneratedTurn? LastTurn { get; private set; }

    public long? InputTokens { get; private set; }

    public long? OutputTokens { get; private set; }

    public IReadOnlyList<SeenSize> Append(Message message)
    {
        var sizes = new List<SeenSize>();
        var contents = new List<AIContent>();
        foreach (ContentPart part in message.Parts)
            contents.AddRange(Translate(part, sizes));
        if (message.Role is Role.Tool or Role.User && _openCalls.Count > 0) // a dialect may word results as a user's message
            AppendResults(message.Text, contents);
        else
            _messages.Add(new ChatMessage(message.Role switch { Role.System => ChatRole.System, Role.Assistant => ChatRole.Assistant, _ => ChatRole.User }, [.. contents, .. OpenCalls(message)]));
        return sizes;
    }

    public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        var calls = new List<FunctionCallContent>();
        ChatFinishReason? finish = null;
        (InputTokens, OutputTokens) = (null, null);
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(_messages, Options(options), cancellationToken))
        {
            finish = update.FinishReason ?? finish;
            calls.AddRange(update.Contents.OfType<FunctionCallContent>());
            foreach (UsageContent usage in update.Contents.OfType<UsageContent>())
                (InputTokens, OutputTokens) = (usage.Details.InputTokenCount, usage.Details.OutputTokenCount);
            string piece = update.Text;
            if (piece.Length == 0)
                continue;
            text.Append(piece);
            yield return new GeneratedToken(-1, float.NaN, piece);
        }
        if (finish == ChatFinishReason.ContentFilter)
            throw new RemoteModelException("The server's content filter withheld the answer.");
        _messages.Add(new ChatMessage(ChatRole.Assistant, [.. text.Length > 0 ? [new TextContent(text.ToString())] : Array.Empty<AIContent>(), .. calls]));
        foreach (FunctionCallContent call in calls)
        {
            _openCalls.Enqueue(call.CallId);
            string written = WriteCall(call);
            text.Append(written);
            yield return new GeneratedToken(-1, float.NaN, written);
        }
        LastTurn = new GeneratedTurn([], [], text.ToString(), finish == ChatFinishReason.Length ? FinishReason.Length : FinishReason.EndOfTurn);
    }

    public void Dispose()
    {
    }

    // Calls of an earlier conversation: the message after them answers them.
    private IEnumerable<FunctionCallContent> OpenCalls(Message message)
    {
        foreach (ToolCall call in message.ToolCalls)
        {
            string id = "call_" + Guid.NewGuid().ToString("N");
            _openCalls.Enqueue(id);
            yield return OpenAIResponse.MakeCall(id, call.Name, call.Arguments.GetRawText());
        }
    }

    // The protocol wants one result a call; the loop words all results of a turn as one message, whose pictures a tool message cannot carry.
    private void AppendResults(string text, List<AIContent> contents)
    {
        bool first = true;
        while (_openCalls.TryDequeue(out string? id))
        {
            _messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, first ? text : "See the result above.")]));
            first = false;
        }
        AIContent[] pictures = [.. contents.Where(c => c is DataContent)];
        if (pictures.Length > 0)
            _messages.Add(new ChatMessage(ChatRole.User, pictures));
    }

    private IEnumerable<AIContent> Translate(ContentPart part, List<SeenSize> sizes)
    {
        switch (part)
        {
            case TextPart text:
                return [new TextContent(text.Text)];
            case ImagePart image:
                sizes.Add(new SeenSize(image.Image.Width, image.Image.Height));
                return [Picture(image.Image)];
            case VideoPart video:
                sizes.Add(new SeenSize(video.Clip.Width, video.Clip.Height));
                return [.. video.Clip.Frames.Select(f => Picture(f.Image))];
            default:
                throw new PixelisException($"A {part.GetType().Name} cannot be sent to a chat client.");
        }
    }

    private AIContent Picture(PixelImage image) => seesImages
        ? new DataContent(OpenCvImageCodec.Shared.Encode(image, ImageFileFormat.Png), "image/png")
        : new TextContent($"[image, {image.Width}x{image.Height} pixels]");

    private ChatOptions Options(GenerationOptions options) => new()
    {
        MaxOutputTokens = options.MaxNewTokens,
        Temperature = (float)options.Temperature,
        TopP = options.TopP < 1 ? (float)options.TopP : null,
        TopK = options.TopK > 0 ? options.TopK : null,
        PresencePenalty = options.PresencePenalty != 0 ? (float)options.PresencePenalty : null,
        Seed = options.Seed is { } seed ? (long)(seed & long.MaxValue) : null,
        StopSequences = options.StopStrings.Count > 0 ? [.. options.StopStrings] : null,
        Tools = _tools.Count > 0 ? _tools : null,
        AdditionalProperties = Extras(options),
    };

    // Settings that OpenAI has no name for; our own client passes them on, others may not know them.
    private static AdditionalPropertiesDictionary? Extras(GenerationOptions options)
    {
        var extras = new AdditionalPropertiesDictionary();
        if (options.MinP > 0)
            extras["min_p"] = options.MinP;
        if (options.RepetitionPenalty != 1)
            extras["repetition_penalty"] = options.RepetitionPenalty;
        return extras.Count > 0 ? extras : null;
    }

    private static string WriteCall(FunctionCallContent call)
    {
        string arguments = call.Exception is null ? JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()) : "null";
        return $"\n<tool_call>\n{{\"name\": {JsonSerializer.Serialize(call.Name)}, \"arguments\": {arguments}}}\n</tool_call>";
    }

    private sealed class DeclaredTool(ToolDefinition definition) : AIFunctionDeclaration
    {
        public override string Name => definition.Name;

        public override string Description => definition.Description;

        public override JsonElement JsonSchema => definition.Parameters;
    }
}
