using System.Text.Json;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>A tool call of an episode, in the form that rewards compare.</summary>
/// <param name="Turn">Index of its turn in the trajectory.</param>
/// <param name="Tool">Name of the tool (<see cref="ToolNames"/>); empty when the call could not be read.</param>
/// <param name="Arguments">The arguments in one spelling: keys sorted, numbers in their shortest form.</param>
/// <param name="Invocation">The call and its result.</param>
internal sealed record EpisodeCall(int Turn, string Tool, string Arguments, ToolInvocation Invocation)
{
    public bool Succeeded => !Invocation.IsError && Tool.Length > 0;

    /// <summary>What two calls that ask for the same thing share.</summary>
    public string Key => $"{Tool} {Arguments}";

    /// <summary>A member of the arguments, or null.</summary>
    public JsonElement? Argument(string name) => Member(Invocation.Call.Arguments, name);

    /// <summary>A member of the result for programs, or null.</summary>
    public JsonElement? Result(string name) => Member(Invocation.Data, name);

    /// <summary>The text, or texts, of an argument; what is no text is left out.</summary>
    public IEnumerable<string> Texts(string argument) => Argument(argument) switch
    {
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(TextOf).OfType<string>(),
        { } single => new[] { TextOf(single) }.OfType<string>(),
        null => [],
    };

    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }

    // The tools ignore the case of names, and the last of two that are the same counts.
    private static JsonElement? Member(JsonElement? value, string name)
    {
        if (value is not { ValueKind: JsonValueKind.Object } parent)
            return null;
        try
        {
            return parent.EnumerateObject().Where(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(m => (JsonElement?)m.Value).LastOrDefault();
        }
        catch (InvalidOperationException)
        {
            return null; // a name with half a surrogate pair
        }
    }
}
