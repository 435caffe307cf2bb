using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pixelis.Online.Metrics;
using Pixelis.Online.Privacy.Scanning;

namespace Pixelis.Online.Privacy;

/// <summary>
/// Finds personal data by their form, check digits and the words before them, and puts <c>[EMAIL:ab12cd34ef]</c> and the like in their place. Plain
/// numbers, coordinates, boxes, years, times and ratios have none of these forms and stay. It takes time linear in the text, whatever the text.
/// What has no form is not found: names that are not listed, addresses, birthdays. Thread-safe.
/// </summary>
public sealed class PiiRedactor : IRedactor
{
    // What stood next to a finding may be one itself once the finding is gone; two passes settle texts that people write.
    private const int MostPasses = 8;

    private readonly PiiOptions _options;
    private readonly byte[] _key;
    private readonly Regex _placeholder;
    private readonly IPiiScanner[] _scanners;

    /// <summary>Makes one.</summary>
    /// <param name="key">What hashes in placeholders are made with.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public PiiRedactor(PrivacyKey key, PiiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _options = options ?? new PiiOptions();
        _options.Check();
        _key = key.PlaceholderKey;
        string hash = _options.HashLength == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":[0-9a-f]{{{_options.HashLength}}}");
        _placeholder = new Regex($@"\[(?:EMAIL|PHONE|CARD|IBAN|ID|NET|SECRET|NAME){hash}\]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        // What is most specific comes first: a number inside an address is part of the address.
        IPiiScanner[] all =
        [
            new SecretScanner(), new EmailScanner(), new NetworkAddressScanner(), new IbanScanner(), new NationalIdScanner(),
            new NumberScanner(_options.Categories), new NameScanner(_options.Names),
        ];
        _scanners = [.. all.Where(s => (s.Categories & _options.Categories) != 0)];
    }

    /// <inheritdoc />
    public RedactedText Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > _options.MaxLength)
            throw new PixelisException($"A text of {text.Length} characters cannot be redacted; at most {_options.MaxLength} are examined.");
        var scan = new RedactionScan(text);
        foreach (ValueMatch match in _placeholder.EnumerateMatches(text))
            scan.Hide(match.Index, match.Length);
        for (int pass = 0, before = -1; pass < MostPasses && scan.Findings.Count > before; pass++)
        {
            before = scan.Findings.Count;
            foreach (IPiiScanner scanner in _scanners)
                scanner.Scan(scan);
        }
        return scan.Findings.Count == 0 ? new RedactedText(text, []) : Replace(text, scan.Findings);
    }

    private static string NameOf(PiiCategory category) => category switch
    {
        PiiCategory.Email => "EMAIL",
        PiiCategory.Phone => "PHONE",
        PiiCategory.Card => "CARD",
        PiiCategory.Iban => "IBAN",
        PiiCategory.NationalId => "ID",
        PiiCategory.NetworkAddress => "NET",
        PiiCategory.Secret => "SECRET",
        _ => "NAME",
    };

    private static PiiRisk RiskOf(PiiCategory category) => category switch
    {
        PiiCategory.Email or PiiCategory.Phone => PiiRisk.Medium,
        PiiCategory.Name or PiiCategory.NetworkAddress => PiiRisk.Low,
        _ => PiiRisk.High,
    };

    private RedactedText Replace(string text, List<PiiFinding> findings)
    {
        findings.Sort((a, b) => a.Start.CompareTo(b.Start));
        var spans = new List<PiiSpan>(findings.Count);
        var result = new StringBuilder(text.Length);
        int from = 0;
        foreach (PiiFinding finding in findings)
        {
            string placeholder = PlaceholderOf(finding);
            result.Append(text, from, finding.Start - from).Append(placeholder);
            spans.Add(new PiiSpan(finding.Category, RiskOf(finding.Category), finding.Start, finding.Length, placeholder));
            from = finding.Start + finding.Length;
            OnlineMetrics.Redactions.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.CategoryTag, NameOf(finding.Category).ToLowerInvariant()));
        }
        return new RedactedText(result.Append(text, from, text.Length - from).ToString(), spans);
    }

    private string PlaceholderOf(PiiFinding finding)
    {
        string name = NameOf(finding.Category);
        if (_options.HashLength == 0)
            return $"[{name}]";
        byte[] hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{name}\n{finding.Normalized}"));
        return $"[{name}:{Convert.ToHexStringLower(hash)[.._options.HashLength]}]";
    }
}
