namespace Pixelis.Online.Updates;

/// <summary>Where the parts of learning while serving lie in one folder, so that tools find them.</summary>
/// <param name="Root">The folder.</param>
public sealed record OnlineFolder(string Root)
{
    /// <summary>The buffer of experiences (<see cref="ExperienceBuffer"/>).</summary>
    public string Experiences => Path.Combine(Root, "experiences");

    /// <summary>The versions of the policy (<see cref="PolicyVersionStore"/>).</summary>
    public string Versions => Path.Combine(Root, "versions");

    /// <summary>The audit log (<see cref="Audit.AuditLog"/>).</summary>
    public string AuditLog => Path.Combine(Root, "audit");

    /// <summary>The review queue's database (<see cref="ReviewQueue"/>).</summary>
    public string Reviews => Path.Combine(Root, "reviews.db");

    /// <summary>The audit log's key, unless <see cref="OnlineEvolutionOptions.AuditKeyFile"/> names another.</summary>
    public string AuditKey => Path.Combine(Root, "keys", "audit.key");

    /// <summary>The key of hashes, unless <see cref="OnlineEvolutionOptions.PrivacyKeyFile"/> names another.</summary>
    public string PrivacyKey => Path.Combine(Root, "keys", "privacy.key");
}
