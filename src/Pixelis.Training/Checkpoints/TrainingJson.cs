using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Training;

/// <summary>JSON of settings and state.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SftOptions))]
[JsonSerializable(typeof(Grpo.GrpoOptions))]
[JsonSerializable(typeof(Grpo.ReplayFile))]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TrainingJson : JsonSerializerContext;
