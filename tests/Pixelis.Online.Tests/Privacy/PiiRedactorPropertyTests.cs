using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Privacy;
using Xunit.Abstractions;

namespace Pixelis.Online.Tests.Privacy;

public partial class PiiRedactorPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "ann@example.org", "+49 30 1234567", "+1 555 123 4567", "(555) 123-4567", "555-123-4567", "4111 1111 1111 1111", "378282246310005",
        "DE89 3704 0044 0532 0130 00", "123-45-6789", "12345678Z", "192.168.1.20", "fe80::1ff:fe23:4567:890a", "AKIAIOSFODNN7EXAMPLE",
        "9f86d081884c7d659a2feaa0c55ad015", "password: s3cret!", "phone number is", "tel", "passport", "SSN", "Ann Lee", "Ann", "[EMAIL:0123456789]", "[PHONE]", "[NAME:",
        "12", "40", "200", "310", "2024", "101", "0171", "555", "1234567", "00", "1.5", "x", "room", "[12, 40, 200, 310]", "@", "+", "(", ")", "::", "\"", "\\u0040", "é", "日本",
    ];

    private static readonly string[] Glue = ["", " ", " ", " ", ", ", ".", "-", "/", ":", ";", "\n", "_", "(", ")", "[", "]", "\"", "+", "@"];

    private static readonly Gen<string> AnyText =
        from pieces in Gen.Elements(Pieces).ListOf()
        from glue in Gen.Elements(Glue).ListOf(pieces.Count)
        select string.Concat(pieces.Zip(glue, (p, g) => p + g));

    private static readonly PiiRedactor Named = new(Redactors.Key, new PiiOptions { Names = ["Ann Lee", "Ann", "room"] });
    private static readonly PiiRedactor Bare = new(Redactors.Key, new PiiOptions { Names = ["Ann Lee", "Ann", "room"], HashLength = 0 });

    [Fact]
    public void Redacting_twice_changes_nothing() => ForAll(AnyText, 3000, text =>
    {
        foreach (PiiRedactor redactor in new[] { Named, Bare })
        {
            string once = redactor.Redact(text).Text;
            RedactedText twice = redactor.Redact(once);
            Assert.True(once == twice.Text, $"{text}\n -> {once}\n -> {twice.Text}");
            Assert.Empty(twice.Spans);
        }
    });

    [Fact]
    public void It_is_deterministic_and_spans_rebuild_the_text() => ForAll(AnyText, 1000, text =>
    {
        RedactedText redacted = Named.Redact(text);
        Assert.Equal(redacted.Text, Named.Redact(text).Text);
        int end = 0;
        string rebuilt = "";
        foreach (PiiSpan span in redacted.Spans)
        {
            Assert.True(span.Start >= end && span.Length > 0);
            rebuilt += text[end..span.Start] + span.Placeholder;
            end = span.Start + span.Length;
        }
        Assert.Equal(redacted.Text, rebuilt + text[end..]);
        Assert.Equal(redacted.Text.Length, redacted.MapPosition(text.Length));
    });

    [Fact]
    public void Rows_of_plain_numbers_are_never_touched() => ForAll(
        from numbers in Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(0, 99), Gen.Choose(0, 999), Gen.Choose(0, 9999), Gen.Choose(0, 100_000)).NonEmptyListOf()
        from glue in Gen.Elements(" ", ", ", ",", "; ", "\n", " x ", "x", " and ", " to ", ":", "|")
        from frame in Gen.Elements("[", "(", "", "box ", "at ", "{\"bbox_2d\":[")
        let text = frame + string.Join(glue, numbers)
        where !CardShape().IsMatch(text)
        select text,
        3000,
        text => Assert.Same(text, Redactors.Default.Redact(text).Text));

    [Fact]
    public void Numbers_filled_with_zeros_are_never_touched() => ForAll(
        from width in Gen.Choose(2, 6)
        from numbers in Gen.Choose(0, 1_000_000).NonEmptyListOf()
        from glue in Gen.Elements(" ", ", ", "-", "/", "; ", "|")
        let text = string.Join(glue, numbers.Select(n => (n % (int)Math.Pow(10, width)).ToString("D" + width, CultureInfo.InvariantCulture)))
        where !CardShape().IsMatch(text)
        select text,
        3000,
        text => Assert.Same(text, Redactors.Default.Redact(text).Text));

    [Fact]
    public void Decimals_and_points_are_never_touched() => ForAll(
        from numbers in Gen.Choose(-100_000_000, 100_000_000).NonEmptyListOf()
        from digits in Gen.Choose(0, 6)
        from glue in Gen.Elements(" ", ", ", ",")
        let text = string.Join(glue, numbers.Select(n => (n / 1000.0).ToString($"F{digits}", CultureInfo.InvariantCulture)))
        where !CardShape().IsMatch(text)
        select text,
        2000,
        text => Assert.Same(text, Redactors.Default.Redact(text).Text));

    [Fact]
    public void Dates_times_and_codes_are_never_touched() => ForAll(
        from minutes in Gen.Choose(0, 40_000_000)
        from seconds in Gen.Choose(0, 59)
        from form in Gen.Elements("yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy", "MM-dd-yyyy", "HH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ", "yyyyMMdd", "dd.MM.yyyy HH:mm", "yyyy-MM-dd HH:mm:ss", "'room 'dHmm", "'SKU-'yyyyMMdd", "'frame_'yyyyMMddHHmmss")
        from number in Gen.Choose(0, 9999)
        select new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes).AddSeconds(seconds).ToString(form, CultureInfo.InvariantCulture) + " " + number,
        3000,
        text => Assert.Same(text, Redactors.Default.Redact(text).Text));

    [Fact]
    public void Recall_on_generated_data_is_what_the_documentation_says()
    {
        var random = new Random(7);
        foreach ((string category, Func<Random, string> make, double least) in GeneratedPii.All)
        {
            int found = 0;
            const int Count = 500;
            for (int i = 0; i < Count; i++)
            {
                string item = make(random), text = GeneratedPii.Sentence(random, item);
                found += Redactors.Default.Redact(text).Text.Contains(item, StringComparison.Ordinal) ? 0 : 1;
            }
            output.WriteLine($"{category}: {found} of {Count}");
            Assert.True(found >= least * Count, $"{category}: {found} of {Count}");
        }
    }

    // Four numbers of four digits between blanks are how cards are written: one in some thirty such rows has an issuer and fits Luhn's sum.
    [GeneratedRegex(@"\b[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}\b|\b[0-9]{4} [0-9]{6} [0-9]{4,5}\b")]
    private static partial Regex CardShape();

    private static void ForAll(Gen<string> texts, int count, Action<string> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(texts.ToArbitrary(), property));
}
