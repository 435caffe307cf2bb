using System.Globalization;

namespace Pixelis.Online.Privacy.Scanning;

/// <summary>Check digits and letters: what tells a number that somebody was given from one that is only as long.</summary>
internal static class CheckDigits
{
    /// <summary>Luhn's sum, for cards.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += i % 2 == 0 ? digit : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>Whether issuers give out cards with this beginning and length.</summary>
    public static bool IsIssued(ReadOnlySpan<char> digits)
    {
        int two = int.Parse(digits[..2], CultureInfo.InvariantCulture), four = int.Parse(digits[..4], CultureInfo.InvariantCulture);
        return (digits.Length, two, four) switch
        {
            (13 or 16 or 19, >= 40 and <= 49, _) => true, // Visa
            (16, >= 51 and <= 55, _) or (16, _, >= 2221 and <= 2720) => true, // Mastercard
            (15, 34 or 37, _) => true, // American Express
            (14, 36 or 38 or 39, _) or (14, _, >= 3000 and <= 3059) => true, // Diners
            (>= 16 and <= 19, 65 or 62, _) or (>= 16 and <= 19, _, 6011 or (>= 6440 and <= 6499)) => true, // Discover, UnionPay
            (>= 16 and <= 19, _, >= 3528 and <= 3589) => true, // JCB
            (16, 50 or (>= 56 and <= 58), _) => true, // Maestro
            _ => false,
        };
    }

    /// <summary>Whether a United States social security number can have been given out.</summary>
    public static bool SocialSecurity(ReadOnlySpan<char> digits) =>
        digits.Length == 9 && digits[0] != '9' && !digits[..3].SequenceEqual("000") && !digits[..3].SequenceEqual("666")
        && !digits[3..5].SequenceEqual("00") && !digits[5..].SequenceEqual("0000");

    /// <summary>Brazil's CPF.</summary>
    public static bool Cpf(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 11 || !digits.ContainsAnyExcept(digits[0]))
            return false;
        return Digit(digits[..9]) == digits[9] - '0' && Digit(digits[..10]) == digits[10] - '0';

        static int Digit(ReadOnlySpan<char> digits)
        {
            int sum = 0;
            for (int i = 0; i < digits.Length; i++)
                sum += (digits[i] - '0') * (digits.Length + 1 - i);
            return sum * 10 % 11 % 10;
        }
    }

    /// <summary>France's number of registration: sex, year, month, place, order, key.</summary>
    public static bool Insee(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 15 || digits[0] is not ('1' or '2'))
            return false;
        int month = int.Parse(digits[3..5], CultureInfo.InvariantCulture);
        long number = long.Parse(digits[..13], CultureInfo.InvariantCulture);
        return month is >= 1 and <= 12 or >= 20 and <= 42 && 97 - number % 97 == int.Parse(digits[13..], CultureInfo.InvariantCulture);
    }

    /// <summary>China's resident identity number of 18 characters.</summary>
    public static bool ChineseResident(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += (number[i] - '0') * weights[i];
        return "10X98765432"[sum % 11] == char.ToUpperInvariant(number[17])
            && DateOnly.TryParseExact(number[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly born) && born.Year is >= 1900 and < 2100;
    }

    /// <summary>Spain's DNI and NIE, compact.</summary>
    public static bool SpanishIdentity(ReadOnlySpan<char> number)
    {
        int lead = number[0] switch { 'X' => 0, 'Y' => 1, 'Z' => 2, _ => -1 };
        int value = int.Parse(lead < 0 ? number[..8] : number[1..8], CultureInfo.InvariantCulture) + Math.Max(0, lead) * 10_000_000;
        return "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] == number[^1];
    }

    /// <summary>Italy's codice fiscale, compact.</summary>
    public static bool FiscalCode(ReadOnlySpan<char> code)
    {
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        int sum = 0;
        for (int i = 0; i < 15; i++)
        {
            int value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return sum % 26 == code[15] - 'A';
    }
}
