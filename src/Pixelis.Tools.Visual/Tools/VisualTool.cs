using System.Globalization;
using System.Text.Json;

namespace Pixelis.Tools.Visual;

/// <summary>
/// The base of tools with a typed argument record: the schema is generated from it, bad arguments become messages,
/// places are mapped to source pixels.
/// </summary>
/// <typeparam name="TArguments">A record whose members carry <see cref="System.ComponentModel.DescriptionAttribute"/>.</typeparam>
public abstract class VisualTool<TArguments> : ITool
    where TArguments : class
{
    /// <summary>Names and describes the tool.</summary>
    protected VisualTool(string name, string description, params IReadOnlyList<string> aliases)
    {
        Definition = new ToolDefinition(name, description, ArgumentSchema.For<TArguments>(ArgumentReader.Serializer));
        Aliases = aliases;
    }

    /// <summary>For a tool whose definition is fixed elsewhere, letter by letter; it must fit <typeparamref name="TArguments"/>.</summary>
    protected VisualTool(ToolDefinition definition, params IReadOnlyList<string> aliases)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
        Aliases = aliases;
    }

    /// <inheritdoc />
    public ToolDefinition Definition { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc />
    public virtual bool IsIndependent => true;

    /// <summary>What a call may spend; a property to set where a tool is made. Default <see cref="ToolBudget.Default"/>.</summary>
    public ToolBudget Budget { get; init; } = ToolBudget.Default;

    /// <inheritdoc />
    public async ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (ArgumentReader.TryRead<TArguments>(arguments, out string problem) is not { } read)
            return ToolResult.Error(problem);
        try
        {
            return await RunAsync(read, context, cancellationToken);
        }
        catch (PixelisException e)
        {
            return ToolResult.Error(e.Message);
        }
    }

    /// <summary>Does the work. Throw <see cref="VisualCallException"/> for an argument the model should mend.</summary>
    protected abstract ValueTask<ToolResult> RunAsync(TArguments arguments, ToolContext context, CancellationToken cancellationToken);

    /// <summary>The picture or video of a number.</summary>
    private protected static NumberedVisual Input(ToolContext context, int number)
    {
        foreach (NumberedVisual input in context.Inputs)
        {
            if (input.Number == number)
                return input;
        }
        throw new VisualCallException(context.Inputs.Count == 0
            ? "There is no image here."
            : $"There is no image {number}; images are numbered 1 to {context.Inputs.Count}.");
    }

    /// <summary>The image of a number.</summary>
    private protected static (NumberedVisual Input, PixelImage Image) Image(ToolContext context, int number)
    {
        NumberedVisual input = Input(context, number);
        return input.Image is { } image ? (input, image) : throw new VisualCallException($"Number {number} is a video; use a tool for videos, or select frames first.");
    }

    /// <summary>The video of a number.</summary>
    private protected static (NumberedVisual Input, VideoClip Clip) Video(ToolContext context, int number)
    {
        NumberedVisual input = Input(context, number);
        return input.Clip is { } clip ? (input, clip) : throw new VisualCallException($"Number {number} is an image, not a video.");
    }

    /// <summary>A box in source pixels as the model would write it, rounded to what it can use.</summary>
    private protected static string Written(NumberedVisual input, PixelBox box, CoordinateSpace space) => WrittenPlace.Box(input, box, space);

    private protected static CoordinateSpace Space(CoordinateArgument? declared, ToolContext context) => declared switch
    {
        CoordinateArgument.Pixels => CoordinateSpace.SeenPixels,
        CoordinateArgument.Normalized => CoordinateSpace.Normalized,
        CoordinateArgument.Thousandths => CoordinateSpace.Thousandths,
        _ => context.Coordinates,
    };

    /// <summary>Four numbers as a box in source pixels that covers part of the image.</summary>
    private protected static PixelBox SourceBox(NumberedVisual input, double[] box, CoordinateSpace space, string name)
    {
        if (box.Length != 4)
            throw new VisualCallException($"'{name}' needs four numbers [x1, y1, x2, y2], not {box.Length}.");
        var written = new PixelBox(box[0], box[1], box[2], box[3]);
        if (!box.All(double.IsFinite))
            throw new VisualCallException($"'{name}' holds a number that is not finite.");
        if (!written.IsValid)
            throw new VisualCallException($"'{name}' is empty: x2 must be greater than x1 and y2 greater than y1.");
        PixelBox source = CoordinateMapper.ToSource(input, written, space);
        return source.IsValid ? source : throw new VisualCallException($"'{name}' lies outside image {input.Number}, which is {Size(input, space)}.");
    }

    /// <summary>Two numbers as a point in source pixels.</summary>
    private protected static PixelPoint SourcePoint(NumberedVisual input, double[] point, CoordinateSpace space, string name)
    {
        if (point.Length != 2 || !point.All(double.IsFinite))
            throw new VisualCallException($"'{name}' needs two finite numbers [x, y].");
        (double width, double height) = CoordinateMapper.Extent(input, space);
        if (point[0] < 0 || point[1] < 0 || point[0] > width || point[1] > height)
            throw new VisualCallException($"'{name}' lies outside image {input.Number}, which is {Size(input, space)}.");
        return CoordinateMapper.ToSource(input, new PixelPoint(point[0], point[1]), space);
    }

    /// <summary>A picture's size in the space the model writes in.</summary>
    private protected static string Size(NumberedVisual input, CoordinateSpace space)
    {
        (double width, double height) = CoordinateMapper.Extent(input, space);
        return FormattableString.Invariant($"{width:0.###} wide and {height:0.###} high");
    }
}
