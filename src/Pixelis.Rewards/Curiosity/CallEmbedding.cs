using System.Text;
using System.Text.Json;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Calls as vectors: which tools, and with which arguments; the same calls always give the same vector, in any order and in any process.
/// The first places are the tools', the others the arguments', each by a hash of its path. No noise is added.
/// </summary>
internal static class CallEmbedding
{
    private const int ToolSlots = 16;

    private static readonly string[] Tools =
        [ToolNames.ZoomIn, ToolNames.SelectFrames, ToolNames.SegmentObjectAt, ToolNames.GetProperties, ToolNames.ReadText, ToolNames.TrackObject];

    /// <summary>Adds a turn's calls up.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="embedding">Receives the sum; zero for no calls.</param>
    public static void Write(IReadOnlyList<ToolInvocation> calls, Span<float> embedding)
    {
        embedding.Clear();
        foreach (ToolInvocation invocation in calls.Where(c => c is not null))
        {
            embedding[ToolSlot(ToolNames.Of(invocation.Call.Name))] += 1;
            AddArguments(invocation.Call.Arguments, embedding[ToolSlots..]);
        }
    }

    private static void AddArguments(JsonElement arguments, Span<float> slots)
    {
        try
        {
            Add(arguments, "", slots);
        }
        catch (InvalidOperationException)
        {
            slots[Slot(arguments.GetRawText(), slots)] += 1; // a name with half a surrogate pair, which nothing gives out
        }
    }

    private static int ToolSlot(string tool) =>
        Array.IndexOf(Tools, tool) is >= 0 and var known ? known : Tools.Length + (int)(Hash(tool) % (uint)(ToolSlots - Tools.Length));

    private static void Add(JsonElement value, string path, Span<float> slots)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                    Add(member.Value, $"{path}/{member.Name}", slots);
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                    Add(item, $"{path}/{index++}", slots);
                break;
            case JsonValueKind.Number when value.TryGetDouble(out double number):
                slots[Slot(path, slots)] += Squash(number);
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                slots[Slot($"{path}={value.GetRawText()}", slots)] += 1;
                break;
        }
    }

    // Tells fractions of a picture apart as well as pixels: 0.25 and 0.5 become 0.22 and 0.36, 250 and 500 become 1.9 and 2.1.
    private static float Squash(double number) => (float)(Math.Asinh(4 * Math.Clamp(number, -1e9, 1e9)) / 4);

    private static int Slot(string path, Span<float> slots) => (int)(Hash(path) % (uint)slots.Length);

    // FNV-1a: the runtime's own hash of strings differs from process to process.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ b) * 16777619);
        return hash;
    }
}
