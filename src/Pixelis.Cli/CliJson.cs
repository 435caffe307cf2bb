using System.Text.Json.Serialization;
using Pixelis.Cli.Asking;
using Pixelis.Cli.Auditing;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Doctor;
using Pixelis.Cli.Models;
using Pixelis.Cli.Rewarding;
using Pixelis.Cli.Tools;
using Pixelis.Cli.Versions;

namespace Pixelis.Cli;

/// <summary>How the tool's documents look in JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(ModelSummary))]
[JsonSerializable(typeof(AnswerDocument))]
[JsonSerializable(typeof(AuditDocument))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(ToolDocument[]))]
[JsonSerializable(typeof(ToolRunDocument))]
[JsonSerializable(typeof(ToolScoreDocument[]))]
[JsonSerializable(typeof(RewardGroupDocument))]
[JsonSerializable(typeof(ProbeDocument[]))]
[JsonSerializable(typeof(VersionDocument[]))]
[JsonSerializable(typeof(OriginDocument))]
internal sealed partial class CliJson : JsonSerializerContext;
