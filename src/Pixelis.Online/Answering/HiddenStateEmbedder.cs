using Pixelis.Modeling;
using Pixelis.Models.Qwen;

namespace Pixelis.Online;

/// <summary>
/// Embeds requests by the model's own hidden states: the mean of the last one over the tokens of pictures, and over those of the question, mixed by
/// <see cref="EmbeddingMixer"/>. Thread-safe; requests take turns.
/// </summary>
/// <remarks>
/// The states of any two prompts have much in common, which says nothing about either (Ethayarajh 2019). What an empty prompt has is taken off
/// before the parts are mixed. The weights must stay the same for as long as the vectors are kept: give it an instance that nobody trains.
/// </remarks>
internal sealed class HiddenStateEmbedder : IRequestEmbedder, IDisposable
{
    private const int Side = 56; // of the grey picture whose states are taken off
    private const byte Grey = 128;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ICausalModel _model;
    private readonly IProcessor _processor;
    private readonly bool _seesImages;
    private (float[] Seen, float[] Read)? _common;

    /// <summary>Makes an embedder.</summary>
    /// <param name="model">An instance that nobody else runs, such as of <see cref="QwenVisionLanguageModel.ShareWeights"/>. Not owned.</param>
    public HiddenStateEmbedder(QwenVisionLanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _processor, _seesImages) = (model.Model, model.Processor, model.SeesImages);
    }

    /// <inheritdoc />
    public int Dimension => _model.Description.HiddenSize;

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<float>> EmbedAsync(string question, IReadOnlyList<ContentPart> media, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(media);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run<ReadOnlyMemory<float>>(() => Embed(question, media), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Frees what it holds itself; the model stays.</summary>
    public void Dispose() => _turn.Dispose();

    private float[] Embed(string question, IReadOnlyList<ContentPart> media)
    {
        (float[] seen, float[] read) = StatesOf(question, media);
        (float[] Seen, float[] Read) common = _common ??= Common();
        Subtract(seen, common.Seen);
        Subtract(read, common.Read);
        return EmbeddingMixer.Mix(seen, read);
    }

    private (float[] Seen, float[] Read) Common()
    {
        byte[] pixels = new byte[Side * Side * 3];
        Array.Fill(pixels, Grey);
        float[] read = StatesOf(".", []).Read;
        return _seesImages ? (StatesOf(".", [new ImagePart(PixelImage.Wrap(Side, Side, PixelFormat.Rgb24, pixels))]).Seen, read) : ([], read);
    }

    private (float[] Seen, float[] Read) StatesOf(string question, IReadOnlyList<ContentPart> media)
    {
        var message = new Message(Role.User, [.. media, new TextPart(question)]);
        PreparedConversation conversation = _processor.Prepare([message], maxTokens: _model.Description.ContextLength);
        int[] seen = [.. conversation.Visuals.SelectMany(v => Enumerable.Range(v.Start, v.Length))];
        TokenSpan turn = conversation.Spans[^1];
        int[] read = [.. Enumerable.Range(turn.Start, turn.Length).Except(seen)];
        IReadOnlyList<float[]> means = ConversationStates.Means(_model, conversation, seen, read);
        return (means[0], means[1]);
    }

    private static void Subtract(float[] states, float[] common)
    {
        for (int i = 0; i < states.Length && i < common.Length; i++)
            states[i] -= common[i];
    }
}
