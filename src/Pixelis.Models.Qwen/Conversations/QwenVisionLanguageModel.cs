using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Models.Qwen.Processing;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.Tools;

namespace Pixelis.Models.Qwen;

/// <summary>
/// A Qwen model with its tokenizer, chat template and image processor: conversations about text and, with Qwen2.5-VL, images and videos.
/// Thread-safe: conversations may run at the same time and take turns token by token.
/// </summary>
public sealed class QwenVisionLanguageModel : IVisionLanguageModel
{
    private readonly ChatTemplate _template;

    /// <summary>Puts the parts together. The result owns the model.</summary>
    /// <param name="name">A name for logs and trajectories.</param>
    /// <param name="model">The weights.</param>
    /// <param name="tokenizer">The tokenizer that belongs to them.</param>
    /// <param name="images">The image processor; null for a text model.</param>
    /// <param name="options">Template and generation settings; null for the defaults.</param>
    /// <exception cref="ModelFormatException">The tokenizer does not fit the model.</exception>
    public QwenVisionLanguageModel(
        string name, QwenModel model, QwenTokenizer tokenizer, QwenImageProcessor? images, QwenVisionLanguageModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        options ??= new QwenVisionLanguageModelOptions();
        tokenizer.EnsureFits(model.Description.VocabularySize);
        Name = name;
        Model = model;
        Tokenizer = tokenizer;
        Images = images;
        _template = new ChatTemplate(FormatOf(model.Config.Architecture), options.Template);
        EndOfTurnToken = RequireToken(name, tokenizer, "<|im_end|>");
        IReadOnlyList<int> ends = [.. model.Description.EndOfTurnTokenIds.Append(EndOfTurnToken).Distinct()];
        Generator = new Generator(model, tokenizer, options.Generation with { EndOfTurnTokenIds = options.Generation.EndOfTurnTokenIds ?? ends });
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>The weights.</summary>
    public QwenModel Model { get; }

    /// <summary>The tokenizer.</summary>
    public QwenTokenizer Tokenizer { get; }

    /// <summary>The image processor; null for a text model.</summary>
    public QwenImageProcessor? Images { get; }

    /// <summary>Runs the model; for callers that work with token ids rather than messages.</summary>
    public Generator Generator { get; }

    /// <inheritdoc />
    public int ContextLength => Generator.ContextLength;

    /// <inheritdoc />
    public bool SeesImages => Images is not null;

    /// <summary>The token that ends a turn in the chat template.</summary>
    internal int EndOfTurnToken { get; }

    /// <summary>Loads a Hugging Face folder: config.json, weights, tokenizer and, for Qwen2.5-VL, preprocessor_config.json.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Data type, device, limits; null for the defaults.</param>
    /// <exception cref="ModelFormatException">A file is missing, damaged, or does not fit the others; nothing stays loaded.</exception>
    public static QwenVisionLanguageModel FromPretrained(string folder, QwenVisionLanguageModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new QwenVisionLanguageModelOptions();
        QwenConfig config = QwenConfig.Load(folder); // the small files first: what is wrong with them shows before the weights are read
        QwenTokenizer tokenizer = QwenTokenizer.FromFolder(folder);
        QwenImageProcessor? images = config.Vision is null ? null : new QwenImageProcessor(options.Images ?? QwenImageProcessorOptions.FromFolder(folder));
        if (images is not null)
            EnsureAgree(folder, config, images.Options);
        QwenModel model = QwenModel.FromPretrained(folder, options.Model);
        try
        {
            string name = options.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            return new QwenVisionLanguageModel(name, model, tokenizer, images, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) =>
        new QwenConversation(this, () => _template.StartConversation(tools));

    /// <summary>Frees the weights. Conversations must be over.</summary>
    public void Dispose()
    {
        Generator.Dispose();
        Model.Dispose();
    }

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

    private static int RequireToken(string name, QwenTokenizer tokenizer, string token) =>
        tokenizer.TryGetAddedToken(token, out int id)
            ? id
            : throw new ModelFormatException(name, $"the tokenizer has no token {token}; a chat model's tokenizer was expected");
}
