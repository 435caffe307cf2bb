namespace Pixelis.Online.Privacy;

/// <summary>What harm it does when a finding gets out.</summary>
public enum PiiRisk
{
    /// <summary>Names and network addresses: they point at a person among others.</summary>
    Low,

    /// <summary>E-mail addresses and telephone numbers: a person can be reached by them.</summary>
    Medium,

    /// <summary>Cards, accounts, national ids, secrets: they can be used against a person.</summary>
    High,
}
