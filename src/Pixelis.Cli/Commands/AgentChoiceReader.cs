using System.CommandLine;
using System.Text.RegularExpressions;
using Pixelis.Agents;
using Pixelis.Agents.Dialects;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Tools;
using Pixelis.Generation;

namespace Pixelis.Cli.Commands;

/// <summary>
/// Reads which agent a command line describes. What is given there comes first, then what the model's folder says (pixelis.json), then
/// the defaults.
/// </summary>
internal static partial class AgentChoiceReader
{
    /// <param name="parsed">A command line with the options of <see cref="AskOptions"/> that describe an agent.</param>
    /// <param name="modelOption">The option that names the model.</param>
    /// <param name="tools">The option that names the tools.</param>
    /// <param name="toolsOtherwise">The tools where neither the command line nor the folder names any.</param>
    /// <exception cref="UsageException">Options do not fit together, or a value is out of range.</exception>
    /// <exception cref="PixelisException">There is no such model folder, or its pixelis.json cannot be read.</exception>
    public static AgentChoice Read(ParseResult parsed, Option<string?> modelOption, Option<string?> tools, string toolsOtherwise)
    {
        string model = parsed.GetValue(modelOption) ?? throw new UsageException("--model is missing.");
        Uri? server = parsed.GetValue(AskOptions.Server) is { } text ? ServerOf(text, parsed) : null;
        AgentProfile profile = (server is null && Directory.Exists(model) ? AgentProfile.Load(model) : null) ?? new AgentProfile();
        AgentDialect dialect = parsed.GetValue(AskOptions.Dialect) is { } name ? DialectOf(name) : profile.Dialect;
        var choice = new AgentChoice
        {
            Model = model,
            Server = server,
            Tools = ToolCatalogue.Choose(parsed.GetValue(tools) ?? Trained(model, profile, dialect) ?? toolsOtherwise, dialect, parsed.GetValue(AskOptions.Sam)),
            SamFolder = parsed.GetValue(AskOptions.Sam),
            Dialect = dialect,
            Limits = LimitsOf(parsed, profile),
            SystemPrompt = parsed.GetValue(AskOptions.SystemPrompt) ?? profile.SystemPrompt,
            Type = parsed.GetValue(AskOptions.Type),
            Device = parsed.GetValue(AskOptions.Device)!,
            Threads = parsed.GetValue(AskOptions.Threads),
            Generation = new GenerationOptions
            {
                MaxNewTokens = Given(parsed, AskOptions.MaxNewTokens) ?? profile.MaxNewTokens ?? parsed.GetValue(AskOptions.MaxNewTokens),
                Temperature = parsed.GetValue(AskOptions.Temperature),
                TopP = parsed.GetValue(AskOptions.TopP),
                Seed = parsed.GetValue(AskOptions.Seed),
            },
        };
        Check(choice);
        return choice;
    }

    private static int? Given(ParseResult parsed, Option<int> option) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;

    private static string? Trained(string folder, AgentProfile profile, AgentDialect dialect)
    {
        if (profile.Tools.Count == 0)
            return null;
        if (dialect == AgentDialect.PixelReasoner)
            return "all";
        return profile.Tools.FirstOrDefault(name => !ToolCatalogue.Has(name)) is { } unknown
            ? throw new ModelFormatException(Path.Combine(folder, AgentProfile.FileName), $"field 'tools': there is no tool '{unknown}'; name the tools with --tools.")
            : string.Join(',', profile.Tools);
    }

    private static AgentDialect DialectOf(string name) =>
        new[] { AgentDialect.Pixelis, AgentDialect.PixelReasoner }.FirstOrDefault(dialect => dialect.Name == name)
        ?? throw new UsageException($"--dialect must be {AgentDialect.Pixelis.Name} or {AgentDialect.PixelReasoner.Name}, not '{name}'.");

    private static Uri ServerOf(string text, ParseResult parsed)
    {
        foreach (Option option in new Option[] { AskOptions.Type, AskOptions.Device, AskOptions.Threads })
        {
            if (parsed.GetResult(option) is { Implicit: false })
                throw new UsageException($"{option.Name} has no meaning with --server: the server decides that.");
        }
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address!
            : throw new UsageException($"--server must be an http or https address such as http://127.0.0.1:8000/v1, not '{text}'.");
    }

    private static AgentLimits LimitsOf(ParseResult parsed, AgentProfile profile)
    {
        int turns = Given(parsed, AskOptions.MaxTurns) ?? profile.MaxTurns ?? parsed.GetValue(AskOptions.MaxTurns);
        int calls = Given(parsed, AskOptions.MaxCalls) ?? profile.MaxToolCalls ?? parsed.GetValue(AskOptions.MaxCalls);
        if (turns < 1)
            throw new UsageException($"--max-turns must be at least 1, not {turns}.");
        if (calls < 0)
            throw new UsageException($"--max-calls must be 0 or more, not {calls}.");
        return new AgentLimits
        {
            MaxTurns = turns,
            MaxToolCalls = calls,
            MaxDuration = CommonOptions.Seconds(parsed, AskOptions.Timeout),
            ToolTimeout = CommonOptions.Seconds(parsed, AskOptions.ToolTimeout),
        };
    }

    private static void Check(AgentChoice choice)
    {
        if (choice.Generation.MaxNewTokens < 1)
            throw new UsageException($"--max-new-tokens must be at least 1, not {choice.Generation.MaxNewTokens}.");
        if (!double.IsFinite(choice.Generation.Temperature) || choice.Generation.Temperature < 0)
            throw new UsageException($"--temperature must be 0 or more, not {choice.Generation.Temperature}.");
        if (choice.Generation.TopP is not (> 0 and <= 1))
            throw new UsageException($"--top-p must be more than 0 and at most 1, not {choice.Generation.TopP}.");
        // More threads than processors only wait for each other: with a hundred times as many, one product takes minutes.
        if (choice.Threads is { } threads && (threads < 1 || threads > Environment.ProcessorCount))
            throw new UsageException($"--threads must be from 1 to {Environment.ProcessorCount}, the logical processors of this machine, not {threads}.");
        if (!DeviceName().IsMatch(choice.Device))
            throw new UsageException($"--device must be auto, cpu, cuda or cuda:N, not '{choice.Device}'.");
        if (choice.Server is null && !Directory.Exists(choice.Model))
            throw new PixelisException($"{choice.Model}: there is no such folder; --model names a Hugging Face model folder.");
    }

    [GeneratedRegex(@"^(auto|cpu|cuda(:\d{1,3})?)$")]
    private static partial Regex DeviceName();
}
