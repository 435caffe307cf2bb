using System.Text.Json.Serialization;

namespace Pixelis.Online.Updates;

/// <summary>A version as its file <c>version.json</c> holds it.</summary>
internal sealed record PolicyVersionRecord(
    string Schema, string Id, string? Parent, DateTimeOffset CreatedAt, long[] Experiences, SortedDictionary<string, double> Metrics, SortedDictionary<string, string> Notes)
{
    public const string CurrentSchema = "pixelis.policy-version/1";
}

/// <summary>Which versions count, as <c>current.json</c> holds it.</summary>
internal sealed record PolicyPointer(string Schema, string? Serving, string? Learning, int Last)
{
    public const string CurrentSchema = "pixelis.policy-pointer/1";
}

/// <summary>How the store's files look.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PolicyVersionRecord))]
[JsonSerializable(typeof(PolicyPointer))]
internal sealed partial class PolicyJson : JsonSerializerContext;
