using System.Globalization;
using Pixelis.Online.Privacy;
using Pixelis.Online.Tests.Support;
using Xunit.Abstractions;

namespace Pixelis.Online.Tests.Privacy;

public class PiiRedactorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Write to ann.lee+x@mail.example.co.uk.", "Write to [EMAIL].")]
    [InlineData("<josé@пример.рф>,'bob@x.io'", "<[EMAIL]>,'[EMAIL]'")]
    [InlineData("Card 4111 1111 1111 1111, exp 12/27", "Card [CARD], exp 12/27")]
    [InlineData("378282246310005 and 3782-822463-10005", "[CARD] and [CARD]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00!", "IBAN [IBAN]!")]
    [InlineData("GB82WEST12345698765432 fr7630006000011234567890189", "[IBAN] [IBAN]")]
    [InlineData("call +49 (0)30 123456 now", "call [PHONE] now")]
    [InlineData("+1 555 123 4567, (555) 123-4567, 555-123-4567, 555.123.4567", "[PHONE], [PHONE], [PHONE], [PHONE]")]
    [InlineData("0049 30 1234567 or 030/1234567 or 0171-2345678 or 06.12.34.56.78", "[PHONE] or [PHONE] or [PHONE] or [PHONE]")]
    [InlineData("My phone number is 555 123 4567. Tel. 5551234567", "My phone number is [PHONE]. Tel. [PHONE]")]
    [InlineData("tel.555-123-4567", "tel.[PHONE]")]
    [InlineData("SSN 123-45-6789 and 078-05-1120", "SSN [ID] and [ID]")]
    [InlineData("NINO AB 12 34 56 C; DNI 12345678Z; NIE X1234567L", "NINO [ID]; DNI [ID]; NIE [ID]")]
    [InlineData("RSSMRA85T10A562S 529.982.247-25 11010519491231002X", "[ID] [ID] [ID]")]
    [InlineData("passport no. X1234567, Steuer-ID: 86 095 742 719", "passport no. [ID], Steuer-ID: [ID]")]
    [InlineData("from 192.168.10.44:8080 and 2001:db8::8a2e:370:7334", "from [NET]:8080 and [NET]")]
    [InlineData("mac 00:1A:2b:3c:4d:5e", "mac [NET]")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE", "key [SECRET]")]
    [InlineData("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "[SECRET]")]
    [InlineData("password: hunter2! and api_key=\"ab12cd34\"", "password: [SECRET] and api_key=\"[SECRET]\"")]
    [InlineData("token 9f86d081884c7d659a2feaa0c55ad015", "token [SECRET]")]
    [InlineData("x -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\ny", "x [SECRET]\ny")]
    public void Personal_data_are_found(string text, string expected) => Assert.Equal(expected, Redactors.Plain.Redact(text).Text);

    [Theory]
    [InlineData("[12, 40, 200, 310]")]
    [InlineData("the box (120, 340)-(560, 780), centre 340.5, 560.25")]
    [InlineData("100 555 123 4567 20")]
    [InlineData("12 40 200 310 555 1234")]
    [InlineData("In 2024, room 101, floor 12, page 3-14, 16:9, 1920x1080, 3.14159265358979")]
    [InlineData("at 12:30:45 on 2024-01-02, 01/02/2024, 05.06.2024, 00:07:12.250")]
    [InlineData("1234567890 12345678901234567890 4111111111111112 1700000000000")]
    [InlineData("{\"name\":\"zoom_in\",\"arguments\":{\"bbox_2d\":[12,40,200,310],\"target\":4111111111111111.5,\"n\":5551234567}}")]
    [InlineData("48.8566, 2.3522 and -122.4194 37.7749; 1e-10; 0.5551234567")]
    [InlineData("AB-555-123-4567 SKU-12345678 part 88-1234 EAN 4006381333931")]
    [InlineData("version 1.2.3.4, v10.0.0.1, section 1.2.3.4, 1.2.3.4.5")]
    [InlineData("std::vector a::b 12::30 10:20:30:40")]
    [InlineData("$555-123 50% 3/4 +5 -12 (3) #42")]
    [InlineData("the phone at 320, 240; the mobile in box 3; phone [12, 40, 200, 310]")]
    [InlineData("the passport 120 340 200 310, passport: 120 340, id card at 12, 40; sin 45.123456")]
    [InlineData("token: 151645, tokens: 128000, max_token=4096, secret sauce, password reset")]
    [InlineData("0 0 8 3371 43043 7384; 001 002 003 004 005; 007 008 009 010; 0049 0050 0051 0052; frame 01234/05678")]
    [InlineData("frames 0001 0002 0003 0004, 007 008 009")]
    [InlineData("a very-long-dashed-word-that-goes-on-and-on-and-on-for-ever")]
    [InlineData("3 @ 4, me@here, @someone, a@b")]
    public void Numbers_and_words_are_left_alone(string text)
    {
        RedactedText redacted = Redactors.Plain.Redact(text);
        Assert.Equal(text, redacted.Text);
        Assert.Same(text, redacted.Text);
        Assert.False(redacted.IsChanged);
    }

    [Fact]
    public void Spans_say_what_was_where_and_how_bad_it_is()
    {
        const string Text = "ann@example.org paid with 4111111111111111 from 10.0.0.7";
        RedactedText redacted = Redactors.Default.Redact(Text);
        Assert.Equal([PiiCategory.Email, PiiCategory.Card, PiiCategory.NetworkAddress], redacted.Spans.Select(s => s.Category));
        Assert.Equal([PiiRisk.Medium, PiiRisk.High, PiiRisk.Low], redacted.Spans.Select(s => s.Risk));
        Assert.Equal(["ann@example.org", "4111111111111111", "10.0.0.7"], redacted.Spans.Select(s => Text.Substring(s.Start, s.Length)));
        Assert.Equal(PiiRisk.High, redacted.Risk);
        Assert.All(redacted.Spans, s => Assert.Matches("^\\[(EMAIL|CARD|NET):[0-9a-f]{10}\\]$", s.Placeholder));
    }

    [Fact]
    public void One_thing_has_one_hash_however_it_is_written_and_another_key_another_hash()
    {
        string hash = Redactors.Default.Redact("4111 1111 1111 1111").Text;
        Assert.Equal(hash, Redactors.Default.Redact("4111-1111-1111-1111").Text);
        Assert.NotEqual(hash, Redactors.Default.Redact("5555 5555 5555 4444").Text);
        Assert.NotEqual(hash, new PiiRedactor(PrivacyKey.FromBytes(new byte[32])).Redact("4111 1111 1111 1111").Text);
        Assert.Equal(Redactors.Default.Redact("Ann@Example.org").Text, Redactors.Default.Redact("ann@example.org").Text);
        Assert.Equal(64 + "[EMAIL:]".Length, new PiiRedactor(Redactors.Key, new PiiOptions { HashLength = 64 }).Redact("ann@example.org").Text.Length);
    }

    [Theory]
    [InlineData(PiiCategory.Email, "a [EMAIL] 4111111111111111 +1 555 123 4567 123-45-6789")]
    [InlineData(PiiCategory.Card, "a ann@x.org [CARD] +1 555 123 4567 123-45-6789")]
    [InlineData(PiiCategory.Phone | PiiCategory.NationalId, "a ann@x.org 4111111111111111 [PHONE] [ID]")]
    [InlineData(PiiCategory.None, "a ann@x.org 4111111111111111 +1 555 123 4567 123-45-6789")]
    public void Categories_can_be_chosen(PiiCategory categories, string expected)
    {
        var redactor = new PiiRedactor(Redactors.Key, new PiiOptions { Categories = categories, HashLength = 0 });
        Assert.Equal(expected, redactor.Redact("a ann@x.org 4111111111111111 +1 555 123 4567 123-45-6789").Text);
    }

    [Fact]
    public void Names_of_the_list_are_found_as_whole_words_the_longest_first()
    {
        var redactor = new PiiRedactor(Redactors.Key, new PiiOptions { Names = ["Ann Lee", "Ann", "Ødegård", "Jean-Luc"], HashLength = 0 });
        Assert.Equal("[NAME] and [NAME], not Annabel; [NAME]'s dog met [NAME] [NAME]", redactor.Redact("ANN  LEE and ann, not Annabel; ødegård's dog met Jean-Luc Ann").Text);
        Assert.Equal("Ann", Redactors.Plain.Redact("Ann").Text);
    }

    [Fact]
    public void What_stands_before_it_decides_about_a_phone_number_without_punctuation()
    {
        Assert.Equal("Fax: [PHONE]", Redactors.Plain.Redact("Fax: 555 123 4567").Text);
        Assert.Equal("Sizes: 555 123 4567", Redactors.Plain.Redact("Sizes: 555 123 4567").Text);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused() =>
        Assert.Throws<PixelisException>(() => new PiiRedactor(Redactors.Key, new PiiOptions { MaxLength = 10 }).Redact("12345678901"));

    [Theory]
    [InlineData(3)]
    [InlineData(65)]
    [InlineData(-1)]
    public void Options_out_of_range_are_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PiiRedactor(Redactors.Key, new PiiOptions { HashLength = length }));

    [Fact]
    public void Positions_move_with_the_text()
    {
        RedactedText redacted = Redactors.Plain.Redact("ab ann@example.org cd"); // ab [EMAIL] cd
        Assert.Equal([0, 3, 3, 10, 11, 13], new[] { 0, 3, 7, 18, 19, 21 }.Select(redacted.MapPosition));
    }

    [Theory]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("1 ")]
    [InlineData("0")]
    [InlineData("+")]
    [InlineData("(1")]
    [InlineData("1.1.1.1.")]
    [InlineData("a:")]
    [InlineData("DE89 ")]
    [InlineData("-----BEGIN PRIVATE KEY----")]
    [InlineData("password:")]
    [InlineData("ssn 1-")]
    [InlineData("eyJa.eyJ")]
    [InlineData("phone number is ")]
    [InlineData("4111 1111 1111 1111 ")]
    public void Time_grows_no_faster_than_the_text(string piece)
    {
        string Text(int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length + 1));
        double Cost(string text)
        {
            double least = double.MaxValue;
            for (int i = 0; i < 3; i++)
            {
                double start = ThreadTime.Milliseconds;
                Redactors.Plain.Redact(text);
                least = Math.Min(least, ThreadTime.Milliseconds - start);
            }
            return least;
        }
        double before = ThreadTime.Milliseconds;
        Redactors.Plain.Redact(Text(10_000));
        double first = ThreadTime.Milliseconds - before;
        // Thirty-one times the text: thirty-one times the time when it is linear, 961 times when it is quadratic. A machine that was taken away in between is no proof.
        (double Small, double Large) cost = default;
        for (int attempt = 0; attempt < 4; attempt++)
        {
            cost = (Cost(Text(10_000)), Cost(Text(310_000)));
            output.WriteLine($"{piece}: {first:F2} ms at first, {cost.Small:F2} ms, then {cost.Large:F2} ms");
            if (cost.Large < 100 * Math.Max(cost.Small, 1))
                return;
        }
        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{cost.Small:F2} ms, then {cost.Large:F2} ms"));
    }
}
