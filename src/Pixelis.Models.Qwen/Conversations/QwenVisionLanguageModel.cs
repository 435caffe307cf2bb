using Pixelis.Generation;
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
    private readonly QwenVisionLanguageModelOptions _options;

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
        _options = options ??= new QwenVisionLanguageModelOptions();
        Name = name;
        Model = model;
        Processor = new QwenProcessor(name, model.Config, tokenizer, images, options.Template);
        IReadOnlyList<int> ends = [.. model.Description.EndOfTurnTokenIds.Append(Processor.EndOfTurnToken).Distinct()];
        Generator = new Generator(model, tokenizer, options.Generation with { EndOfTurnTokenIds = options.Generation.EndOfTurnTokenIds ?? ends });
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    /// <remarks>Set it after a change of weights or adapters, between episodes.</remarks>
    public string PolicyVersion
    {
        get;
        set
        {
            field = value;
            Generator.ForgetPrompts();
        }
    } = "base";

    /// <summary>The weights.</summary>
    public QwenModel Model { get; }

    /// <summary>Tokenizer, chat template and image processor: what is needed to prepare data, also on other threads.</summary>
    public QwenProcessor Processor { get; }

    /// <summary>The tokenizer.</summary>
    public QwenTokenizer Tokenizer => Processor.Tokenizer;

    /// <summary>The image processor; null for a text model.</summary>
    public QwenImageProcessor? Images => Processor.Images;

    /// <summary>Runs the model; for callers that work with token ids rather than messages.</summary>
    public Generator Generator { get; }

    /// <inheritdoc />
    public int ContextLength => Generator.ContextLength;

    /// <inheritdoc />
    public bool SeesImages => Images is not null;

    /// <summary>Loads a Hugging Face folder: config.json, weights, tokenizer and, for Qwen2.5-VL, preprocessor_config.json.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Data type, device, limits; null for the defaults.</param>
    /// <exception cref="ModelFormatException">A file is missing, damaged, or does not fit the others; nothing stays loaded.</exception>
    public static QwenVisionLanguageModel FromPretrained(string folder, QwenVisionLanguageModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new QwenVisionLanguageModelOptions();
        // The small files first: what is wrong with them shows before the weights are read.
        QwenProcessor processor = QwenProcessor.FromPretrained(folder, new QwenProcessorOptions { Images = options.Images, Template = options.Template });
        QwenModel model = QwenModel.FromPretrained(folder, options.Model);
        try
        {
            return new QwenVisionLanguageModel(options.Name ?? processor.Name, model, processor.Tokenizer, processor.Images, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Another one over the same weights, which are not copied (<see cref="QwenModel.ShareWeights"/>): it has adapters, policy version and
    /// conversations of its own, and the two may run at the same time.
    /// </summary>
    public QwenVisionLanguageModel ShareWeights()
    {
        QwenModel model = Model.ShareWeights();
        try
        {
            return new QwenVisionLanguageModel(Name, model, Tokenizer, Images, _options) { PolicyVersion = PolicyVersion };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) =>
        new QwenConversation(this, () => Processor.StartChat(tools));

    /// <summary>Frees the weights. Conversations must be over.</summary>
    public void Dispose()
    {
        Generator.Dispose();
        Model.Dispose();
    }
}
