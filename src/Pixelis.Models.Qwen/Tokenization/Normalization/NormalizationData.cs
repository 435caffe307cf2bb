using System.Globalization;

namespace Pixelis.Models.Qwen.Tokenization.Normalization;

/// <summary>
/// The Unicode data that canonical composition needs, read once from an embedded table (Unicode 15.0).
/// </summary>
/// <remarks>
/// .NET's own string.Normalize returns its input unchanged, without an error, in a process that runs in invariant globalization
/// mode (usual in containers and chosen by this repository), so the tokenizer carries its own tables.
/// </remarks>
internal sealed class NormalizationData
{
    private const int PageSize = 256;
    private const byte NeverInComposed = 1; // has a decomposition that does not compose back
    private const byte MayCompose = 2; // may compose with a character before it
    private const string Resource = "Pixelis.Models.Qwen.Tokenization.Normalization.canonical-normalization.txt";
    private static readonly Lazy<NormalizationData> Loaded = new(() => new NormalizationData());

    private readonly byte[]?[] _classPages = new byte[0x110000 / PageSize][];
    private readonly byte[]?[] _checkPages = new byte[0x110000 / PageSize][];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private NormalizationData()
    {
        using Stream stream = typeof(NormalizationData).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(' ');
            switch (fields[0])
            {
                case "C":
                    for (int c = Hex(fields[1]); c <= Hex(fields[2]); c++)
                        Set(_classPages, c, byte.Parse(fields[3], CultureInfo.InvariantCulture));
                    break;
                case "D" or "X":
                    AddDecomposition(Hex(fields[1]), [.. fields[2..].Select(Hex)], composes: fields[0] == "D");
                    break;
            }
        }
        for (int c = Hangul.VowelBase; c < Hangul.VowelBase + Hangul.VowelCount; c++)
            Set(_checkPages, c, MayCompose);
        for (int c = Hangul.TrailBase + 1; c < Hangul.TrailBase + Hangul.TrailCount; c++)
            Set(_checkPages, c, MayCompose);
    }

    /// <summary>The data.</summary>
    public static NormalizationData Instance => Loaded.Value;

    /// <summary>The canonical combining class of a code point; 0 for a starter.</summary>
    public int CombiningClass(int codePoint) => Get(_classPages, codePoint);

    /// <summary>Whether a code point stays as it is in composed text whatever stands before it (NFC_Quick_Check = Yes).</summary>
    public bool IsAlwaysComposed(int codePoint) => Get(_checkPages, codePoint) == 0;

    /// <summary>The one-step canonical decomposition, or null.</summary>
    public int[]? Decomposition(int codePoint) => _decompositions.GetValueOrDefault(codePoint);

    /// <summary>The character that two compose to, or -1.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault((first, second), -1);

    private void AddDecomposition(int codePoint, int[] parts, bool composes)
    {
        _decompositions[codePoint] = parts;
        if (composes)
        {
            _compositions[(parts[0], parts[1])] = codePoint;
            Set(_checkPages, parts[1], MayCompose);
        }
        else
        {
            Set(_checkPages, codePoint, NeverInComposed);
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte Get(byte[]?[] pages, int codePoint) => pages[codePoint / PageSize] is { } page ? page[codePoint % PageSize] : (byte)0;

    private static void Set(byte[]?[] pages, int codePoint, byte value) =>
        (pages[codePoint / PageSize] ??= new byte[PageSize])[codePoint % PageSize] = value;
}
