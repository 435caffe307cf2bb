using Pixelis.Modeling;

namespace Pixelis.Training;

/// <summary>Turns examples into tokens, patches and weights. Thread-safe.</summary>
/// <param name="processor">The model's processor.</param>
/// <param name="maxTokens">Longest example.</param>
public sealed class ExamplePreparer(IProcessor processor, int maxTokens)
{
    /// <summary>Prepares an example.</summary>
    /// <exception cref="PixelisException">It is too long, has nothing to learn, or cannot be rendered; the message names it.</exception>
    public PreparedExample Prepare(SftExample example)
    {
        ArgumentNullException.ThrowIfNull(example);
        try
        {
            if (!double.IsFinite(example.LossWeight) || example.LossWeight <= 0)
                throw new PixelisException($"its loss weight is {example.LossWeight}; a positive number was expected");
            PreparedConversation conversation = processor.Prepare(example.Turns, example.Tools, maxTokens);
            var prepared = new PreparedExample(conversation, LossMask.Of(conversation, example.Learn, example.LossWeight));
            return prepared.TotalWeight > 0
                ? prepared
                : throw new PixelisException("nothing in it is learnt; an assistant turn whose flag is set was expected");
        }
        catch (Exception e) when (e is PixelisException or ArgumentException)
        {
            throw new PixelisException($"Example '{example.Id}': {e.Message}", e);
        }
    }
}
