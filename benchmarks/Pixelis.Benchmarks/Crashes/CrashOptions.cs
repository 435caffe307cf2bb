using System.Globalization;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>What <c>crashes</c> was asked to do.</summary>
internal sealed record CrashOptions
{
    public required string Model { get; init; }

    /// <summary>The built command line tool.</summary>
    public required string Cli { get; init; }

    /// <summary>Where JSON lines go; what is there already is continued.</summary>
    public required string Out { get; init; }

    /// <summary>The folder that is served and killed over; beside <see cref="Out"/>.</summary>
    public string Store => Out + ".store";

    /// <summary>Kills in all, those before a continuation included.</summary>
    public required int Kills { get; init; }

    public required int Seed { get; init; }

    /// <exception cref="ArgumentException">One is missing or makes no sense.</exception>
    public static CrashOptions Read(IReadOnlyList<string> arguments)
    {
        string model = Value(arguments, "--model") ?? throw new ArgumentException("--model FOLDER is missing.");
        if (!File.Exists(Path.Combine(model, "config.json")))
            throw new ArgumentException($"--model {model}: there is no model in this folder.");
        string cli = Value(arguments, "--cli") ?? BuiltCli();
        if (!File.Exists(cli))
            throw new ArgumentException($"{cli} is not there; build src/Pixelis.Cli, or name it by --cli FILE.");
        return new CrashOptions
        {
            Model = Path.GetFullPath(model),
            Cli = Path.GetFullPath(cli),
            Out = Path.GetFullPath(Value(arguments, "--out") ?? throw new ArgumentException("--out FILE is missing.")),
            Kills = Number(arguments, "--kills", 20),
            Seed = Number(arguments, "--seed", 1),
        };
    }

    // Beside this program: artifacts/bin/Pixelis.Benchmarks/release -> artifacts/bin/Pixelis.Cli/release.
    private static string BuiltCli()
    {
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.Combine(here, "..", "..", "Pixelis.Cli", Path.GetFileName(here), "Pixelis.Cli.dll");
    }

    private static int Number(IReadOnlyList<string> arguments, string name, int otherwise) => Value(arguments, name) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException($"{name} is '{text}'; a whole number was expected.");

    private static string? Value(IReadOnlyList<string> arguments, string name)
    {
        int at = arguments.ToList().IndexOf(name);
        return at >= 0 && at + 1 < arguments.Count ? arguments[at + 1] : null;
    }
}
