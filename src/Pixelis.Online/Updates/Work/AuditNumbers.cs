using System.Globalization;

namespace Pixelis.Online.Updates;

/// <summary>Numbers of experiences in an audit entry, which has room for so many.</summary>
internal static class AuditNumbers
{
    private const int Most = 2000;

    public static string Of(IReadOnlyCollection<long> numbers)
    {
        string listed = string.Join(' ', numbers.Take(Most).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        return numbers.Count <= Most ? listed : $"{listed} and {numbers.Count - Most} more";
    }
}
