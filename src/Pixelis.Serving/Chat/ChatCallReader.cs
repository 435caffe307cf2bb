using System.Text.Json;
using Pixelis.Generation;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Chat;

/// <summary>
/// Reads the body of a chat completion request. What cannot be followed is refused rather than ignored, a misspelt field too; ignored is only what
/// changes no answer.
/// </summary>
internal sealed class ChatCallReader(ServingSettings settings)
{
    private const int MostStops = 16;
    private const int LongestUser = 512;

    private static readonly string[] Ignored =
        ["metadata", "store", "service_tier", "prompt_cache_key", "parallel_tool_calls"];

    private static readonly HashSet<string> Known =
    [
        .. Ignored, "user", "safety_identifier", "model", "messages", "stream", "stream_options", "temperature", "top_p", "top_k", "min_p", "repetition_penalty", "presence_penalty",
        "frequency_penalty", "max_tokens", "max_completion_tokens", "seed", "stop", "n", "response_format", "modalities", "tools", "tool_choice",
        "functions", "function_call", "logprobs", "top_logprobs", "logit_bias",
    ];

    /// <exception cref="ApiException">Something is missing, of the wrong type, out of range or cannot be followed; it names the field.</exception>
    public ChatCall Read(JsonElement body)
    {
        var fields = new JsonFields(body);
        fields.RefuseOthers(Known);
        RefuseOtherModels(fields.RequiredText("model"));
        RefuseWhatCannotBe(fields);
        GenerationOptions generation = ReadGeneration(fields);
        bool isStream = fields.Flag("stream") ?? false;
        (string? instructions, IReadOnlyList<MessageDraft> messages) = new MessagesReader(settings.Options).Read(fields);
        return new ChatCall
        {
            Generation = generation,
            SystemPrompt = instructions,
            Messages = messages,
            Choices = ReadChoices(fields, generation),
            IsStream = isStream,
            User = ReadUser(fields),
            IncludesUsage = ReadIncludesUsage(fields, isStream),
        };
    }

    private void RefuseOtherModels(string model)
    {
        if (!model.Equals(settings.ModelId, StringComparison.Ordinal))
            throw new ApiException(404, $"There is no such model here; this server has '{settings.ModelId}'.", "model", "model_not_found");
    }

    private static void RefuseWhatCannotBe(JsonFields fields)
    {
        Refuse(fields, "tools", v => v.ValueKind == JsonValueKind.Array && v.GetArrayLength() == 0, "the agent runs tools of its own, chosen where the server is started");
        Refuse(fields, "functions", v => v.ValueKind == JsonValueKind.Array && v.GetArrayLength() == 0, "the agent runs tools of its own");
        Refuse(fields, "tool_choice", v => Says(v, "auto"), "the model decides by itself when to call a tool");
        Refuse(fields, "function_call", v => Says(v, "auto"), "the model decides by itself when to call a tool");
        Refuse(fields, "frequency_penalty", v => v.ValueKind == JsonValueKind.Number && v.GetDouble() == 0, "use presence_penalty or repetition_penalty");
        Refuse(fields, "logprobs", v => v.ValueKind == JsonValueKind.False, "log-probabilities are not reported");
        Refuse(fields, "top_logprobs", _ => false, "log-probabilities are not reported");
        Refuse(fields, "logit_bias", v => v.ValueKind == JsonValueKind.Object && !v.EnumerateObject().Any(), "tokens cannot be favoured");
        Refuse(fields, "response_format", v => v.ValueKind == JsonValueKind.Object && v.TryGetProperty("type", out JsonElement type) && Says(type, "text"), "the model's output is not constrained; ask for the form in words");
        Refuse(fields, "modalities", v => v.ValueKind == JsonValueKind.Array && v.GetArrayLength() == 1 && Says(v[0], "text"), "answers are text");
    }

    private static bool Says(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static void Refuse(JsonFields fields, string name, Func<JsonElement, bool> isHarmless, string instead)
    {
        if (fields.Find(name) is { } value && !isHarmless(value))
            throw ApiException.Invalid($"'{name}' is not supported by this server: {instead}.", name, "unsupported_parameter");
    }

    private GenerationOptions ReadGeneration(JsonFields fields)
    {
        GenerationOptions own = settings.Agent.Settings.Generation;
        return own with
        {
            MaxNewTokens = ReadMaxTokens(fields) ?? Math.Min(own.MaxNewTokens, settings.Options.MaxTokens),
            Temperature = fields.Number("temperature", 0, 2) ?? own.Temperature,
            TopP = ReadTopP(fields) ?? own.TopP,
            TopK = (int?)fields.Integer("top_k", -1, int.MaxValue) is { } most ? Math.Max(0, most) : own.TopK, // vLLM writes -1 for all
            MinP = fields.Number("min_p", 0, 0.999999) ?? own.MinP,
            RepetitionPenalty = fields.Number("repetition_penalty", 0.01, 100) ?? own.RepetitionPenalty,
            PresencePenalty = fields.Number("presence_penalty", -2, 2) ?? own.PresencePenalty,
            Seed = fields.Integer("seed", long.MinValue, long.MaxValue) is { } seed ? unchecked((ulong)seed) : own.Seed,
            StopStrings = ReadStops(fields) ?? own.StopStrings,
        };
    }

    private int? ReadMaxTokens(JsonFields fields)
    {
        int most = settings.Options.MaxTokens;
        int? old = (int?)fields.Integer("max_tokens", 1, most), now = (int?)fields.Integer("max_completion_tokens", 1, most);
        return old is null || now is null || old == now
            ? now ?? old
            : throw ApiException.Invalid("'max_tokens' and 'max_completion_tokens' name two numbers; give one of them.", "max_completion_tokens", "invalid_value");
    }

    private static double? ReadTopP(JsonFields fields) =>
        fields.Number("top_p", 0, 1) is { } topP ? Math.Max(topP, 1e-9) : null; // 0, which OpenAI takes, is the likeliest token alone

    private static IReadOnlyList<string>? ReadStops(JsonFields fields)
    {
        if (fields.Find("stop") is not { } value)
            return null;
        JsonElement[] stops = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        string[] texts = [.. stops.Where(s => s.ValueKind == JsonValueKind.String).Select(s => JsonFields.Read(s, "stop"))];
        return texts.Length == stops.Length && texts.Length <= MostStops && texts.All(t => t.Length is > 0 and <= 1000)
            ? texts
            : throw ApiException.Invalid($"'stop' must be a text or at most {MostStops} texts, each of 1 to 1,000 characters.", "stop", "invalid_value");
    }

    // The newer name comes first.
    private static string? ReadUser(JsonFields fields)
    {
        string name = fields.Has("safety_identifier") ? "safety_identifier" : "user";
        string? user = fields.Text(name)?.Trim();
        return user is null || user.Length <= LongestUser
            ? string.IsNullOrEmpty(user) ? null : user
            : throw ApiException.Invalid($"'{name}' is longer than {LongestUser} characters.", name, "invalid_value");
    }

    private int ReadChoices(JsonFields fields, GenerationOptions generation)
    {
        int choices = (int?)fields.Integer("n", 1, settings.Options.MaxChoices) ?? 1;
        return choices == 1 || generation.Temperature > 0
            ? choices
            : throw ApiException.Invalid("'n' above 1 needs a 'temperature' above 0: without one all answers would be the same.", "n", "invalid_value");
    }

    private static bool ReadIncludesUsage(JsonFields fields, bool isStream)
    {
        if (fields.Object("stream_options") is not { } options)
            return false;
        if (!isStream)
            throw ApiException.Invalid("'stream_options' has a meaning only with 'stream': true.", "stream_options", "invalid_value");
        options.RefuseOthers(["include_usage", "include_obfuscation"]);
        return options.Flag("include_usage") ?? false;
    }
}
