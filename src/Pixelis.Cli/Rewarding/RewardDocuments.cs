using System.Text.Json;
using Pixelis.Rewards;

namespace Pixelis.Cli.Rewarding;

/// <summary>What <c>pixelis rewards explain --json</c> prints.</summary>
internal sealed record RewardGroupDocument(string Reward, string Question, string? Answer, IReadOnlyList<RewardedEpisodeDocument> Episodes);

/// <summary>One episode of it.</summary>
internal sealed record RewardedEpisodeDocument(
    string Source, double? Total, IReadOnlyList<RewardPartDocument> Parts, IReadOnlyList<RewardStepDocument> Steps, IReadOnlyList<RewardTermDocument> Whole);

/// <summary>A part of a sum: its own reward, and what it adds.</summary>
internal sealed record RewardPartDocument(string Name, double? Raw, double Adds, string? Reason);

/// <summary>A turn that the model took.</summary>
internal sealed record RewardStepDocument(int Turn, string Text, IReadOnlyList<RewardCallDocument> Calls, IReadOnlyList<RewardTermDocument> Terms);

/// <summary>A call of a turn.</summary>
internal sealed record RewardCallDocument(string Tool, JsonElement Arguments, bool IsError, string Result);

/// <summary>A term of a part, before its weight.</summary>
internal sealed record RewardTermDocument(string Part, string Name, double Value, string? Reason)
{
    public static IReadOnlyList<RewardTermDocument> Of(IEnumerable<ExplainedTerm> terms) => [.. terms.Select(t => new RewardTermDocument(t.Part, t.Term.Name, t.Term.Value, t.Term.Reason))];
}

/// <summary>What <c>pixelis rewards probe --json</c> prints.</summary>
internal sealed record ProbeDocument(string Probe, string Description, string Episode, double? Before, double? After, bool Raises, IReadOnlyDictionary<string, double> Changes);
