using Pixelis.Agents;
using Pixelis.Imaging;

namespace Pixelis.Serving.Chat;

/// <summary>Makes a call a question to the agent: decodes its pictures, which is the work that a place in the queue is waited for.</summary>
internal static class QuestionMaker
{
    /// <exception cref="Errors.ApiException">A picture cannot be decoded.</exception>
    public static AgentRequest Make(ChatCall call, long maxPixels)
    {
        int question = call.Messages.Count;
        while (question > 0 && call.Messages[question - 1].Role == Role.User)
            question--;
        Message[] all = [.. call.Messages.Select(m => new Message(m.Role, [.. m.Parts.Select(p => Part(p, maxPixels))]) { ToolCalls = m.ToolCalls })];
        Message[] asked = all[question..];
        return new AgentRequest(string.Join("\n\n", asked.Select(m => m.Text).Where(t => t.Length > 0)), [.. asked.SelectMany(m => m.Parts.Where(p => p is not TextPart))])
        {
            History = all[..question],
            SystemPrompt = call.SystemPrompt,
            Generation = call.Generation,
            User = call.User,
        };
    }

    private static ContentPart Part(PartDraft draft, long maxPixels)
    {
        if (draft.Picture is not { } file)
            return new TextPart(draft.Text!);
        try
        {
            return new ImagePart(OpenCvImageCodec.Shared.Decode(file, new ImageDecodeOptions { MaxPixels = maxPixels }));
        }
        catch (PixelisException)
        {
            throw PictureReader.Unreadable(draft.Path);
        }
    }
}
