using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Models.Qwen.Processing;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.Tools;

namespace Pixelis.Models.Qwen;

/// <summary>Tokenizer, chat template and image processor of a Qwen model, without its weights. Immutable and thread-safe.</summary>
public sealed class QwenProcessor : IProcessor
{
    private readonly ChatTemplate _template;

    /// <summary>Puts the parts together.</summary>
    /// <param name="name">The model's name, for messages.</param>
    /// <param name="config">The model's config.json.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <param name="images">The image processor; null for a text model.</param>
    /// <param name="template">The chat template's choices; null for the defaults.</param>
    /// <exception cref="ModelFormatException">The tokenizer does not fit the model.</exception>
    public QwenProcessor(string name, QwenConfig config, QwenTokenizer tokenizer, QwenImageProcessor? images, ChatTemplateOptions? template = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokenizer);
        tokenizer.EnsureFits(config.Text.VocabularySize);
        Name = name;
        Config = config;
        Tokenizer = tokenizer;
        Images = images;
        _template = new ChatTemplate(FormatOf(config.Architecture), template);
        EndOfTurnToken = tokenizer.TryGetAddedToken("<|im_end|>", out int id)
            ? id
            : throw new ModelFormatException(name, "the tokenizer has no token <|im_end|>; a chat model's tokenizer was expected");
    }

    /// <summary>The model's name, for messages.</summary>
    public string Name { get; }

    /// <summary>What config.json says.</summary>
    public QwenConfig Config { get; }

    /// <summary>The tokenizer.</summary>
    public QwenTokenizer Tokenizer { get; }

    /// <summary>The image processor; null for a text model.</summary>
    public QwenImageProcessor? Images { get; }

    /// <inheritdoc />
    public int EndOfTurnToken { get; }

    /// <inheritdoc />
    public int PaddingToken => Config.PaddingTokenId;

    /// <inheritdoc />
    ITextTokenizer IProcessor.Tokenizer => Tokenizer;

    /// <summary>Reads what it needs of a Hugging Face folder: config.json, tokenizer and, for Qwen2.5-VL, preprocessor_config.json.</summary>
    /// <exception cref="ModelFormatException">A file is missing, damaged, or does not fit the others.</exception>
    public static QwenProcessor FromPretrained(string folder, QwenProcessorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new QwenProcessorOptions();
        QwenConfig config = QwenConfig.Load(folder);
        QwenTokenizer tokenizer = QwenTokenizer.FromFolder(folder);
        QwenImageProcessor? images = config.Vision is null ? null : new QwenImageProcessor(options.Images ?? QwenImageProcessorOptions.FromFolder(folder));
        if (images is not null)
            EnsureAgree(folder, config, images.Options);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new QwenProcessor(name, config, tokenizer, images, options.Template);
    }

    /// <inheritdoc />
    public PreparedConversation Prepare(IReadOnlyList<ConversationTurn> turns, IReadOnlyList<ToolDefinition>? tools = null, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentOutOfRangeException.ThrowIfZero(turns.Count);
        var script = new ConversationScript(this, StartChat(tools), maxTokens ?? int.MaxValue);
        foreach (ConversationTurn turn in turns)
            script.Add(turn);
        return script.Finish();
    }

    internal ChatRenderer StartChat(IReadOnlyList<ToolDefinition>? tools) => _template.StartConversation(tools);

    // What would otherwise show only at the first picture, deep in the vision tower.
    private static void EnsureAgree(string folder, QwenConfig config, QwenImageProcessorOptions images)
    {
        QwenVisionConfig vision = config.Vision!;
        string file = Path.Combine(folder, "preprocessor_config.json");
        Require(file, "patch_size", images.PatchSize, vision.PatchSize);
        Require(file, "merge_size", images.MergeSize, vision.MergeSize);
        Require(file, "temporal_patch_size", images.TemporalPatchSize, vision.TemporalPatchSize);
        foreach ((string name, int id) in new[] { ("image_token_id", config.ImageTokenId), ("video_token_id", config.VideoTokenId) })
        {
            if (id < 0 || id >= config.Text.VocabularySize)
                throw new ModelFormatException(Path.Combine(folder, "config.json"), $"{name} is {id}; the vocabulary has {config.Text.VocabularySize} entries");
        }
    }

    private static void Require(string file, string name, int found, int expected)
    {
        if (found != expected)
            throw new ModelFormatException(file, $"{name} is {found}, but the vision tower in config.json was made for {expected}");
    }

    private static ChatFormat FormatOf(QwenArchitecture architecture) => architecture switch
    {
        QwenArchitecture.Qwen2 => ChatFormat.Qwen25,
        QwenArchitecture.Qwen3 => ChatFormat.Qwen3,
        _ => ChatFormat.Qwen25Vision,
    };
}
