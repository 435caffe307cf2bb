using System.Globalization;
using System.Numerics;

namespace Pixelis.Online.Tests.Privacy;

/// <summary>Made-up personal data in the forms that people write, and sentences around them.</summary>
internal static class GeneratedPii
{
    private static readonly string[] Sentences =
    [
        "{0}", "Please answer to {0}.", "What is written here? ({0})", "It says \"{0}\" on the card", "contact={0}; source=form", "Name: A. Person\n{0}\nBerlin",
        "I think that {0}, which is mine, was in the picture.", "{{\"note\": \"{0}\"}}",
    ];

    /// <summary>Kind, generator, and the least share that must be found.</summary>
    public static IReadOnlyList<(string Category, Func<Random, string> Make, double Least)> All { get; } =
    [
        ("e-mail", Email, 1),
        ("card", Card, 1),
        ("IBAN", Iban, 1),
        ("phone, international", r => $"+{Pick(r, "49 30", "44 20", "33 6", "39 02", "81 3", "48 22")} {Digits(r, 3)}{Pick(r, " ", "-", "")}{Digits(r, 4)}", 1),
        ("phone, North American punctuation", r => $"{Pick(r, "({0}) {1}-{2}", "{0}-{1}-{2}", "{0}.{1}.{2}").Replace("{0}", "2" + Digits(r, 2), StringComparison.Ordinal).Replace("{1}", Digits(r, 3), StringComparison.Ordinal).Replace("{2}", Digits(r, 4), StringComparison.Ordinal)}", 1),
        ("phone, announced by a word", r => $"phone number {Digits(r, 3)} {Digits(r, 3)} {Digits(r, 4)}", 1),
        ("phone, digits and blanks only", r => $"{Digits(r, 3)} {Digits(r, 3)} {Digits(r, 4)}", 0),
        ("social security number", r => $"{r.Next(100, 600)}-{r.Next(10, 99)}-{r.Next(1000, 9999)}", 0.98),
        ("IPv4", r => $"{r.Next(1, 255)}.{r.Next(256)}.{r.Next(256)}.{r.Next(1, 255)}", 1),
        ("IPv6", r => string.Join(':', Enumerable.Range(0, 8).Select(_ => r.Next(0x10000).ToString("x", CultureInfo.InvariantCulture))), 0.98),
        ("key, 40 letters and digits", r => string.Concat(Enumerable.Range(0, 40).Select(_ => "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"[r.Next(57)])), 0.98),
        ("name that is not listed", r => Pick(r, "Ann Lee", "José Pérez", "Yuki Tanaka"), 0),
    ];

    public static string Sentence(Random random, string item) => string.Format(CultureInfo.InvariantCulture, Sentences[random.Next(Sentences.Length)], item);

    private static string Email(Random r) =>
        $"{Pick(r, "ann", "b.lee", "x_y", "o'neil", "info+tag", "müller")}{r.Next(1000)}@{Pick(r, "example.org", "mail.example.co.uk", "firma.de", "sub-domain.example.museum")}";

    private static string Card(Random r)
    {
        string digits = Pick(r, "4", "51", "2221", "62") + Digits(r, 16);
        digits = digits[..15];
        int check = Enumerable.Range(0, 10).First(c => IsLuhn(digits + c));
        digits += check.ToString(CultureInfo.InvariantCulture);
        string glue = Pick(r, "", " ", "-");
        return string.Join(glue, Enumerable.Range(0, 4).Select(i => digits.Substring(4 * i, 4)));
    }

    private static bool IsLuhn(string digits) =>
        digits.Reverse().Select((c, i) => (c - '0') * (i % 2 + 1)).Sum(d => d > 9 ? d - 9 : d) % 10 == 0;

    private static string Iban(Random r)
    {
        (string country, int length) = r.Next(3) switch { 0 => ("DE", 22), 1 => ("NL", 18), _ => ("FR", 27) };
        string account = country == "NL" ? "ABNA" + Digits(r, 10) : Digits(r, length - 4);
        string numeric = string.Concat((account + country + "00").Select(c => char.IsDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        string iban = $"{country}{98 - (int)(BigInteger.Parse(numeric, CultureInfo.InvariantCulture) % 97):D2}{account}";
        return r.Next(2) == 0 ? iban : string.Join(' ', iban.Chunk(4).Select(c => new string(c)));
    }

    private static string Digits(Random r, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => r.Next(10)));

    private static string Pick(Random r, params string[] choices) => choices[r.Next(choices.Length)];
}
