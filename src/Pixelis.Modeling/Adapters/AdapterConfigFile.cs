using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pixelis.Modeling;

/// <summary>
/// adapter_config.json. Read leniently: unknown fields are ignored, except settings that change what an adapter computes in a
/// way that is not supported, which are refused. Written minimally: older loaders reject fields they do not know.
/// </summary>
internal static class AdapterConfigFile
{
    public const string FileName = "adapter_config.json";

    private static readonly string[] MustBeFalse = ["use_dora", "lora_bias", "fan_in_fan_out", "use_qalora", "use_bdlora"];
    private static readonly string[] MustBeEmpty = ["target_parameters", "layer_replication", "modules_to_save", "trainable_token_indices", "megatron_config"];
    private static readonly string[] KnownInitialisations = ["gaussian", "eva", "orthogonal"];

    public static LoraOptions Read(string file)
    {
        try
        {
            if (!File.Exists(file))
                throw new ModelFormatException(file, "is missing; a PEFT adapter folder was expected");
            if (new FileInfo(file).Length > 16 << 20)
                throw new ModelFormatException(file, "is larger than 16 MiB");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 32 });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new ModelFormatException(file, "a JSON object was expected");
            RefuseUnsupported(file, root);
            return Parse(file, root);
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(file, $"is not valid JSON: {e.Message}", e);
        }
        catch (RegexParseException e)
        {
            throw new ModelFormatException(file, $"holds a pattern that is not a regular expression: {e.Message}", e);
        }
    }

    public static void Write(string file, LoraOptions options, IReadOnlyList<string>? onlyLayers)
    {
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject(); // fields in alphabetical order, as PEFT writes them
        WritePattern(json, "alpha_pattern", options.AlphaPattern, (writer, value) => writer.WriteNumberValue(value));
        json.WriteString("base_model_name_or_path", options.BaseModel ?? "");
        json.WriteString("bias", "none");
        if (options.Excluded is not null && onlyLayers is null)
            WriteTargets(json, "exclude_modules", options.Excluded);
        json.WriteBoolean("fan_in_fan_out", false);
        json.WriteBoolean("inference_mode", true);
        json.WriteBoolean("init_lora_weights", true);
        json.WriteNumber("lora_alpha", options.Alpha);
        json.WriteNumber("lora_dropout", options.Dropout);
        json.WriteNull("modules_to_save");
        json.WriteString("peft_type", "LORA");
        json.WriteNumber("r", options.Rank);
        WritePattern(json, "rank_pattern", options.RankPattern, (writer, value) => writer.WriteNumberValue(value));
        WriteTargets(json, "target_modules", onlyLayers is null ? options.Targets : LoraTargets.Named(onlyLayers));
        json.WriteString("task_type", "CAUSAL_LM");
        json.WriteBoolean("use_rslora", options.UseRankStabilizedScale);
        json.WriteEndObject();
    }

    private static void RefuseUnsupported(string file, JsonElement root)
    {
        if (TryGet(root, "peft_type", out JsonElement type) && type.GetRawText() != "\"LORA\"")
            throw Wrong(file, "peft_type", type, "\"LORA\"");
        foreach (string field in MustBeFalse)
        {
            if (TryGet(root, field, out JsonElement value) && value.ValueKind != JsonValueKind.False)
                throw Wrong(file, field, value, "false (this setting is not supported)");
        }

        foreach (string field in MustBeEmpty)
        {
            if (TryGet(root, field, out JsonElement value) && !IsEmpty(value))
                throw Wrong(file, field, value, "null (this setting is not supported)");
        }

        if (TryGet(root, "bias", out JsonElement bias) && bias.GetRawText() != "\"none\"")
            throw Wrong(file, "bias", bias, "\"none\" (adapters that carry biases are not supported)");
        // PiSSA, OLoRA and the like also change the base weights when they start; such an adapter alone would compute something else.
        if (TryGet(root, "init_lora_weights", out JsonElement start) && start.ValueKind == JsonValueKind.String && !KnownInitialisations.Contains(start.GetString()))
            throw Wrong(file, "init_lora_weights", start, "true, false or one of " + string.Join(", ", KnownInitialisations));
    }

    private static LoraOptions Parse(string file, JsonElement root) => new()
    {
        Rank = TryGet(root, "r", out JsonElement rank) ? RankFrom(file, "r", rank) : 8,
        Alpha = TryGet(root, "lora_alpha", out JsonElement alpha) ? NumberFrom(file, "lora_alpha", alpha) : 8,
        Dropout = TryGet(root, "lora_dropout", out JsonElement dropout) ? Math.Clamp(NumberFrom(file, "lora_dropout", dropout), 0, 0.999) : 0,
        UseRankStabilizedScale = TryGet(root, "use_rslora", out JsonElement stable) && stable.ValueKind == JsonValueKind.True,
        Targets = Targets(file, root, "target_modules") ?? LoraTargets.LanguageModel,
        Excluded = Targets(file, root, "exclude_modules"),
        RankPattern = Pattern(file, root, "rank_pattern", RankFrom),
        AlphaPattern = Pattern(file, root, "alpha_pattern", NumberFrom),
        LayerIndexes = LayerIndexes(file, root),
        BaseModel = TryGet(root, "base_model_name_or_path", out JsonElement model) && model.ValueKind == JsonValueKind.String ? model.GetString() : null,
    };

    private static LoraTargets? Targets(string file, JsonElement root, string field)
    {
        if (!TryGet(root, field, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() == LoraTargets.AllLinearWord ? LoraTargets.AllLinear : LoraTargets.Matching(value.GetString()!);
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Wrong(file, field, value, "a list of names, a pattern or \"all-linear\"");
        string[] names = [.. value.EnumerateArray().Select(item => item.GetString()!)];
        return names.Length == 0 ? null : LoraTargets.Named(names);
    }

    private static Dictionary<string, T> Pattern<T>(string file, JsonElement root, string field, Func<string, string, JsonElement, T> read)
    {
        var pattern = new Dictionary<string, T>();
        if (!TryGet(root, field, out JsonElement value))
            return pattern;
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(file, field, value, "an object");
        foreach (JsonProperty property in value.EnumerateObject())
        {
            _ = LoraTargets.Compile($@"\A(.*\.)?({property.Name})\z");
            pattern[property.Name] = read(file, $"{field}.{property.Name}", property.Value);
        }

        return pattern;
    }

    private static int[]? LayerIndexes(string file, JsonElement root)
    {
        if (!TryGet(root, "layers_to_transform", out JsonElement value))
            return null;
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Any(item => item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out _)))
            throw Wrong(file, "layers_to_transform", value, "layer numbers");
        return items.Length == 0 ? null : Array.ConvertAll(items, item => item.GetInt32());
    }

    private static int RankFrom(string file, string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int rank) && rank is > 0 and <= 65536
            ? rank
            : throw Wrong(file, field, value, "a whole number from 1 to 65536");

    private static double NumberFrom(string file, string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(file, field, value, "a number");

    private static bool TryGet(JsonElement root, string field, out JsonElement value) =>
        root.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static ModelFormatException Wrong(string file, string field, JsonElement value, string expected) =>
        new(file, $"field '{field}' is {value.GetRawText()}, but {expected} was expected");

    private static void WriteTargets(Utf8JsonWriter json, string field, LoraTargets targets)
    {
        if (targets.Names is null)
        {
            json.WriteString(field, targets.Pattern ?? LoraTargets.AllLinearWord);
            return;
        }

        json.WriteStartArray(field);
        foreach (string name in targets.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WritePattern<T>(Utf8JsonWriter json, string field, IReadOnlyDictionary<string, T> pattern, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject(field);
        foreach ((string key, T value) in pattern)
        {
            json.WritePropertyName(key);
            write(json, value);
        }

        json.WriteEndObject();
    }
}
