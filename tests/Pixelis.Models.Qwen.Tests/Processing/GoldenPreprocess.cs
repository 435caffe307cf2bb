using System.Text.Json.Nodes;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Processing;

/// <summary>The reference's preprocessing cases, copied beside these tests: pictures, and hashes of what becomes of them.</summary>
internal static class GoldenPreprocess
{
    internal static string Folder { get; } = Path.Combine(RepositoryFolder.Path, "tests", "Pixelis.Models.Qwen.Tests", "Processing", "Golden");

    internal static JsonNode Cases() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "cases.json")))!;

    internal static JsonNode Case(string file) => Cases()["images"]!.AsArray().Single(c => (string)c!["file"]! == file)!;

    internal static TheoryData<string> Files() => [.. Cases()["images"]!.AsArray().Select(c => (string)c!["file"]!)];
}
