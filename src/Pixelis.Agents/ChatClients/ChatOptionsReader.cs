using Microsoft.Extensions.AI;
using Pixelis.Generation;

namespace Pixelis.Agents.ChatClients;

/// <summary>Reads chat options over an agent's own settings. What cannot be followed is refused rather than ignored.</summary>
internal static class ChatOptionsReader
{
    /// <returns>The settings of the request; null when the agent's own hold.</returns>
    public static GenerationOptions? Read(ChatOptions? options, PixelisAgent agent)
    {
        if (options is null)
            return null;
        RefuseWhatCannotBe(options, agent);
        GenerationOptions own = agent.Generation;
        GenerationOptions asked = own with
        {
            MaxNewTokens = options.MaxOutputTokens ?? own.MaxNewTokens,
            Temperature = Exact(options.Temperature) ?? own.Temperature,
            TopP = Exact(options.TopP) ?? own.TopP,
            TopK = options.TopK ?? own.TopK,
            PresencePenalty = Exact(options.PresencePenalty) ?? own.PresencePenalty,
            Seed = options.Seed is { } seed ? unchecked((ulong)seed) : own.Seed,
            StopStrings = options.StopSequences is { Count: > 0 } stops ? [.. stops] : own.StopStrings,
        };
        asked.Validate();
        return asked;
    }

    // 0.7f is not 0.7: what the caller wrote is the shortest decimal of it.
    private static double? Exact(float? value) => value is { } number ? (double)(decimal)number : null;

    private static void RefuseWhatCannotBe(ChatOptions options, PixelisAgent agent)
    {
        Refuse(options.Tools is { Count: > 0 }, nameof(options.Tools), "the agent runs its own tools; give them to it with WithTool");
        Refuse(options.ToolMode is not (null or AutoChatToolMode), nameof(options.ToolMode), "the model decides by itself when to call a tool");
        Refuse(options.ResponseFormat is not (null or ChatResponseFormatText), nameof(options.ResponseFormat), "the model's output is not constrained; ask for the form in words");
        Refuse(options.FrequencyPenalty is not (null or 0), nameof(options.FrequencyPenalty), "use PresencePenalty, or the agent's RepetitionPenalty");
        Refuse(options.ConversationId is not null, nameof(options.ConversationId), "the client keeps no conversation; send the earlier messages");
        Refuse(options.ContinuationToken is not null, nameof(options.ContinuationToken), "responses cannot be resumed");
        Refuse(options.Reasoning is not null, nameof(options.Reasoning), "whether a model thinks is set where it is loaded");
        bool otherModel = options.ModelId is { } id && !string.Equals(id, agent.ModelName, StringComparison.OrdinalIgnoreCase);
        Refuse(otherModel, nameof(options.ModelId), $"the agent's model is {agent.ModelName}");
    }

    private static void Refuse(bool asked, string option, string instead)
    {
        if (asked)
            throw new NotSupportedException($"ChatOptions.{option} is not supported by an agent: {instead}.");
    }
}
