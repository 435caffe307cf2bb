using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Rewarding;
using Pixelis.Rewards;

namespace Pixelis.Cli.Commands;

/// <summary>Options that choose a reward and the truth, for the verbs of <c>pixelis rewards</c>.</summary>
internal static class RewardOptions
{
    public static readonly Option<string> Reward = new("--reward", "-r")
    {
        Description = "The reward: pixelbench (default), pixel-reasoner, pixel-reasoner-released or reason-rft", HelpName = "NAME", DefaultValueFactory = _ => "pixelbench",
    };

    public static readonly Option<string> Grader = new("--grader", "-g")
    {
        Description = "How answers are compared: exact (default), choice, numeric, set, functions, functions-partial, text or box",
        HelpName = "NAME", DefaultValueFactory = _ => "exact",
    };

    public static readonly Option<string?> Answer = new("--answer", "-a") { Description = "The true answer", HelpName = "TEXT" };

    public static readonly Option<string?> Data = new("--data", "-d")
    {
        Description = "JSON Lines file of examples that holds the truth; found by the question, and by the pictures where several ask the same", HelpName = "FILE",
    };

    public static readonly Option<string?> Example = new("--example") { Description = "Id of the example in --data, instead of looking for it", HelpName = "ID" };

    /// <summary>The reward that the options name.</summary>
    /// <exception cref="UsageException">An unknown name.</exception>
    public static CompositeReward RewardOf(ParseResult parsed)
    {
        IAnswerGrader grader = GraderOf(parsed);
        return parsed.GetRequiredValue(Reward) switch
        {
            "pixelbench" => RewardPresets.PixelBench(grader: grader),
            "pixel-reasoner" => RewardPresets.PixelReasoner(grader: grader),
            "pixel-reasoner-released" => RewardPresets.PixelReasoner(CuriosityForm.Released, grader),
            "reason-rft" => RewardPresets.ReasonRft(grader),
            var other => throw new UsageException($"--reward must be pixelbench, pixel-reasoner, pixel-reasoner-released or reason-rft, not '{other}'."),
        };
    }

    /// <summary>Where the truth is to be taken from; null when nothing says.</summary>
    /// <exception cref="UsageException">Options that do not go together.</exception>
    public static TruthSource? TruthOf(ParseResult parsed)
    {
        (string? answer, string? data, string? id) = (parsed.GetValue(Answer), parsed.GetValue(Data), parsed.GetValue(Example));
        if (answer is not null && data is not null)
            throw new UsageException("--answer and --data both say what is true; give one.");
        if (id is not null && data is null)
            throw new UsageException("--example names one of --data; give both.");
        return answer is not null || data is not null ? new TruthSource(answer, data, id) : null;
    }

    private static IAnswerGrader GraderOf(ParseResult parsed) => parsed.GetRequiredValue(Grader) switch
    {
        "exact" => new ExactAnswer(),
        "choice" => new ChoiceAnswer(),
        "numeric" => new NumericAnswer(),
        "set" => new SetAnswer(),
        "functions" => new FunctionSequenceAnswer(),
        "functions-partial" => new FunctionSequenceAnswer(partialCredit: true),
        "text" => new TextAnswer(),
        "box" => new BoxAnswer(),
        var other => throw new UsageException($"--grader must be exact, choice, numeric, set, functions, functions-partial, text or box, not '{other}'."),
    };
}
