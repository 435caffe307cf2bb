namespace Pixelis.Data.PixelBench;

/// <summary>What signs say: short everyday words, or numbers of two or three digits.</summary>
internal static class SignWords
{
    public static IReadOnlyList<string> Words { get; } =
    [
        "EXIT", "OPEN", "STOP", "SALE", "BANK", "FISH", "MILK", "TAXI", "BIKE", "PARK", "HOTEL", "PIZZA", "BREAD", "MUSIC", "PAPER", "WATER",
        "TRAIN", "HORSE", "APPLE", "LEMON", "TABLE", "CHAIR", "HOUSE", "RIVER", "STONE", "BEACH", "CLOUD", "NORTH", "SOUTH", "WEST", "EAST", "GOLD",
    ];

    /// <summary>Draws a word or, in one of three cases, a number.</summary>
    public static string Draw(Drawing.SceneRandom random) => random.Chance(33)
        ? random.Between(20, 989).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : random.Pick(Words);
}
