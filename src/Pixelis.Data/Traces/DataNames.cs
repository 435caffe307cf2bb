using System.Text.Json;

namespace Pixelis.Data;

/// <summary>Enum names as files and command lines write them: lower case, words parted by an underscore.</summary>
internal static class DataNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
