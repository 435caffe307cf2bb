using System.Text.Json;

namespace Pixelis.Serving;

/// <summary>Names of values as they are written on the wire.</summary>
internal static class Words
{
    /// <summary>In snake case: <c>RolledBack</c> is <c>rolled_back</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
