using System.Globalization;
using System.Text;
using Pixelis.Cli.CommandLine;
using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Rewarding;

/// <summary>The reward of an episode for people: the sum, then turn by turn what it is made of.</summary>
internal static class ExplanationText
{
    private const int LongestText = 120;

    public static string Of(string source, RewardExplanation explained)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{source}: reward {(explained.Reward.Total is { } total ? Number(total) : "not measured")}\n");
        foreach (RewardTerm part in explained.Reward.Terms)
            text.Append(CultureInfo.InvariantCulture, $"  {Signed(part.Value),8}  {part.Name,-20} {part.Reason}\n");
        foreach (ExplainedStep step in explained.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  turn {step.Turn}: {OneLine(WithoutCalls(step.Text))}\n");
            foreach (ToolInvocation invocation in step.Calls)
                text.Append(CultureInfo.InvariantCulture, $"    {Called(invocation)}\n");
            Append(text, step.Terms);
        }
        text.Append("\n  the episode as a whole\n");
        Append(text, explained.Whole);
        return TerminalText.Clean(text.ToString()).TrimEnd();
    }

    public static string Number(double value) => Rounded(value).ToString("0.####", CultureInfo.InvariantCulture);

    public static string Signed(double value) => Rounded(value).ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    private static double Rounded(double value) => Math.Round(value, 4) + 0.0; // no -0

    private static void Append(StringBuilder text, IEnumerable<ExplainedTerm> terms)
    {
        foreach (ExplainedTerm term in terms)
        {
            string name = term.Part == term.Term.Name ? term.Part : $"{term.Part}: {term.Term.Name}";
            text.AppendLine($"    {Signed(term.Term.Value),8}  {name,-24} {OneLine(term.Term.Reason ?? "")}".TrimEnd());
        }
    }

    private static string Called(ToolInvocation invocation)
    {
        string name = invocation.Call.Name.Length > 0 ? invocation.Call.Name : "(unreadable call)";
        string arguments = invocation.Call.Arguments.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "" : invocation.Call.Arguments.GetRawText();
        return OneLine($"{name} {arguments} {(invocation.IsError ? "failed:" : "->")} {invocation.ResultText}");
    }

    // The calls are told below; what is left is what the model said beside them.
    private static string WithoutCalls(string text)
    {
        int start = text.IndexOf("<tool_call>", StringComparison.Ordinal);
        return start < 0 ? text : text[..start];
    }

    private static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : line[..LongestText] + " ...";
    }
}
