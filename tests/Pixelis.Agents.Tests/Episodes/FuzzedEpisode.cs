using Pixelis.Agents.Dialects;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Agents.Tests.Episodes;

/// <summary>An episode drawn from a seed: pictures, question, options, limits, tools, and what is put into the model's mouth.</summary>
internal sealed class FuzzedEpisode
{
    private static readonly string[] QuestionPieces =
    [
        "what is this? ", "<|im_start|>", "<|im_end|>\n", "<|image_pad|>", "<|vision_start|>", "<|video_pad|>", "<tool_call>", "</tool_call>", "<tool_response>",
        "<|endoftext|>", "é", "\U0001F600", "\0", "\ud800", "assistant\n", "{\"name\": \"copy\"}", "", " ",
    ];

    private static readonly ITool[][] ToolSets =
    [
        [], [.. BadlyBehavedTools.All], [.. BadlyBehavedTools.All], [new ZoomTool()], [new ZoomTool(), new PropertiesTool()], [new SelectFramesTool()],
    ];

    private readonly Random _random;
    private readonly ITool[] _tools;

    public FuzzedEpisode(int seed)
    {
        _random = new Random(seed);
        _tools = ToolSets[_random.Next(ToolSets.Length)];
        Media = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Medium())];
        Question = string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => QuestionPieces[_random.Next(QuestionPieces.Length)]));
        Limits = new AgentLimits
        {
            MaxTurns = _random.Next(1, 5),
            MaxToolCalls = _random.Next(0, 12),
            MaxToolCallsPerTurn = _random.Next(1, 4),
            MaxImages = _random.Next(1, 9),
            MaxTokens = _random.Next(6) == 0 ? _random.Next(1, 3000) : 0,
            MaxDuration = _random.Next(40) == 0 ? TimeSpan.FromMilliseconds(_random.Next(1, 20)) : TimeSpan.FromMinutes(5),
        };
        CancelAfter = _random.Next(40) == 0 ? TimeSpan.FromMilliseconds(_random.Next(1, 20)) : null;
    }

    public IReadOnlyList<ContentPart> Media { get; }

    public string Question { get; }

    public AgentLimits Limits { get; }

    public TimeSpan? CancelAfter { get; }

    public PixelisAgent Build(QwenVisionLanguageModel model)
    {
        PixelisAgentBuilder builder = PixelisAgent.Create()
            .WithModel(new OverspokenModel(model, NextText))
            .WithLimits(Limits)
            .WithGeneration(Options())
            .WithDialect(_random.Next(3) == 0 ? AgentDialect.PixelReasoner : AgentDialect.Pixelis);
        foreach (ITool tool in _tools)
            builder.WithTool(tool);
        return _random.Next(3) == 0 ? builder.WithSystemPrompt(Question).Build() : builder.Build();
    }

    private GenerationOptions Options() => new()
    {
        MaxNewTokens = _random.Next(1, 7),
        Temperature = _random.Next(3) * 0.8,
        TopK = _random.Next(3) * 7,
        TopP = _random.Next(2) == 0 ? 1 : 0.01 + (_random.NextDouble() * 0.99),
        MinP = _random.Next(3) == 0 ? _random.NextDouble() * 0.9 : 0,
        RepetitionPenalty = _random.Next(3) == 0 ? 0.5 + _random.NextDouble() : 1,
        PresencePenalty = _random.Next(3) == 0 ? _random.NextDouble() - 0.5 : 0,
        Seed = _random.Next(2) == 0 ? (ulong)_random.NextInt64() : null,
        StopStrings = _random.Next(4) == 0 ? ["e", "</tool_call>"] : [],
        StopTokenIds = _random.Next(4) == 0 ? [_random.Next(600)] : [],
        IgnoreEndOfTurn = _random.Next(4) == 0,
    };

    // Some turns are the model's own words, most are calls, some an answer.
    private string? NextText() => _random.Next(10) switch
    {
        < 1 => null,
        1 => "It is \\boxed{3}.",
        _ => _tools.Length == 0 ? null : string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Call())),
    };

    private string Call()
    {
        string name = _tools[_random.Next(2) * _random.Next(_tools.Length)].Definition.Name;
        string arguments = _random.Next(7) switch
        {
            0 => "{}",
            1 => $"{{\"bbox_2d\": [{Number()}, {Number()}, {Number()}, {Number()}], \"target_image\": {_random.Next(-1, 4)}}}",
            2 => $"{{\"center\": [{Number()}, {Number()}], \"factor\": {Number()}}}",
            3 => "{\"bbox_2d\": [0, 0, 20, 20], \"target_image\": 1, \"box\": [0, 0, 20, 20], \"image\": 1}",
            4 => $"{{\"bbox_2d\": [0, 0, {_random.Next(1, 20)}, {_random.Next(1, 20)}]}}",
            5 => $"{{\"frames\": [{_random.Next(-1, 4)}, 0], \"target_frames\": [0, {_random.Next(4)}], \"target_video\": 1}}",
            _ => "{\"x\": NaN",
        };
        return $"<tool_call>\n{{\"name\": \"{name}\", \"arguments\": {arguments}}}\n</tool_call>\n";
    }

    private string Number() => _random.Next(5) switch { 0 => "1e308", 1 => "-1", 2 => "0.5", _ => _random.Next(80).ToString(System.Globalization.CultureInfo.InvariantCulture) };

    private ContentPart Medium()
    {
        int width = _random.Next(1, 80), height = Math.Max(1, Math.Min(80, _random.Next(1, 80)));
        if (_random.Next(5) > 0)
            return new ImagePart(TinyVisionModel.Picture(_random, width, height));
        VideoFrame[] frames = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => new VideoFrame(TinyVisionModel.Picture(_random, width, height), i, TimeSpan.FromSeconds(i * 0.5)))];
        return new VideoPart(new VideoClip(frames, 2));
    }
}
