namespace Pixelis.Data.Demonstrations;

/// <summary>The demonstrator of each family.</summary>
internal static class Demonstrators
{
    private static readonly Dictionary<string, FamilyDemonstrator> ByFamily = new(StringComparer.Ordinal)
    {
        ["spot"] = new ZoomDemonstrator(),
        ["count"] = new ZoomDemonstrator(),
        ["read"] = new ReadDemonstrator(),
        ["compare"] = new CompareDemonstrator(),
        ["track"] = new TrackDemonstrator(),
        ["frame"] = new FrameDemonstrator(),
    };

    /// <exception cref="PixelisException">The family is none of PixelBench's.</exception>
    public static FamilyDemonstrator Of(Example example) => ByFamily.TryGetValue(example.Family, out FamilyDemonstrator? found)
        ? found
        : throw new PixelisException($"{example.Id}: field 'family': there is no demonstration for '{example.Family}'; expected one of {string.Join(", ", ByFamily.Keys)}.");
}
