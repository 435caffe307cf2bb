using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pixelis.Agents;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>What a run depends on beside its options: a run is resumed with the same, or refused.</summary>
internal static class GrpoConfiguration
{
    public static Dictionary<string, string> Of(GrpoSetup setup, ReferencePolicy? reference)
    {
        AgentSettings agent = setup.Agent.Settings;
        return new Dictionary<string, string>
        {
            ["data.prompts"] = setup.Prompts.Fingerprint,
            ["model.name"] = setup.ModelFingerprint,
            ["model.reference"] = reference?.Fingerprint ?? "none",
            ["reward.parts"] = string.Join(", ", setup.Reward.Parts.Select(p => FormattableString.Invariant($"{p.Weight:R} {p.Reward.Name}"))),
            ["reward.normalization"] = setup.Reward.Normalization.ToString(),
            ["reward.curriculum"] = setup.Curriculum is null ? "none" : string.Join(", ", setup.Curriculum.Stages.Select(Describe)),
            ["reward.curiosity"] = setup.Curiosity is null ? "none" : setup.Curiosity.Options.ToString(),
            ["agent.dialect"] = agent.Dialect,
            ["agent.tools"] = string.Join(", ", agent.Tools) + (agent.AnnouncesTools ? "" : " (by heart)"),
            ["agent.limits"] = agent.Limits.ToString(),
            ["agent.generation"] = JsonSerializer.Serialize(agent.Generation),
            ["agent.instructions"] = agent.SystemPrompt is { } text ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16] : "none",
        };
    }

    private static string Describe(RewardStage stage) =>
        FormattableString.Invariant($"{stage.Name} from {stage.PromoteAt} over {stage.Window} ({string.Join(" ", stage.Weights.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => FormattableString.Invariant($"{w.Key}={w.Value:R}")))})");
}
