namespace Pixelis.Online.Privacy;

/// <summary>Kinds of personal data and secrets.</summary>
[Flags]
public enum PiiCategory
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>E-mail addresses.</summary>
    Email = 1,

    /// <summary>Telephone numbers: international ones, and national ones where their form or the word before them shows it.</summary>
    Phone = 1 << 1,

    /// <summary>Payment cards: issuer, length and Luhn's check digit must fit.</summary>
    Card = 1 << 2,

    /// <summary>International bank account numbers: country, length and check digits must fit.</summary>
    Iban = 1 << 3,

    /// <summary>Numbers that a state gives a person: of several countries by form and check digits, others by the word before them.</summary>
    NationalId = 1 << 4,

    /// <summary>Addresses on networks: IPv4, IPv6, MAC.</summary>
    NetworkAddress = 1 << 5,

    /// <summary>Keys, tokens and passwords.</summary>
    Secret = 1 << 6,

    /// <summary>Names from the list in <see cref="PiiOptions.Names"/>.</summary>
    Name = 1 << 7,

    /// <summary>All of them.</summary>
    All = Email | Phone | Card | Iban | NationalId | NetworkAddress | Secret | Name,
}
