namespace Pixelis.Data.PixelBench;

/// <summary>What signs say: short everyday words, or numbers of three digits.</summary>
internal static class SignWords
{
    public static IReadOnlyList<string> Words { get; } =
    [
        "EXIT", "OPEN", "STOP", "SALE", "BANK", "FISH", "MILK", "TAXI", "BIKE", "PARK", "HOTEL", "PIZZA", "BREAD", "MUSIC", "PAPER", "WATER",
        "TRAIN", "HORSE", "APPLE", "LEMON", "TABLE", "CHAIR", "HOUSE", "RIVER", "STONE", "BEACH", "CLOUD", "NORTH", "SOUTH", "WEST", "EAST", "GOLD",
    ];

    // Without 1, 4 and 5: a reader that expects words takes 1 and 5 for I and S, and loses a 4 now and then.
    private const string Digits = "236789";

    /// <summary>Draws a word or, in one of three cases, a number of three digits.</summary>
    public static string Draw(Drawing.SceneRandom random)
    {
        if (!random.Chance(33))
            return random.Pick(Words);
        var number = new char[3];
        for (int i = 0; i < number.Length; i++)
            number[i] = Digits[random.Next(Digits.Length)];
        return new string(number);
    }
}
