using System.Text.Json;
using Pixelis.Generation;
using Pixelis.Online.Privacy;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Online.Tests.Privacy;

public class TrajectoryRedactorTests
{
    private const string Mail = "ann@example.org";
    private static readonly TrajectoryRedactor Redactor = new(Redactors.Plain);

    [Fact]
    public void A_record_without_personal_data_stays_as_it_is_token_ids_included()
    {
        Trajectory episode = Episode("What is in the box [12, 40, 200, 310]?", """{"bbox_2d": [12, 40, 200, 310], "target_image": 1}""", "42");
        Trajectory redacted = Redactor.Redact(episode);
        Assert.Equal(TrajectoryJson.ToLine(episode with { Inputs = [episode.Inputs[0] with { Path = null }] }), TrajectoryJson.ToLine(redacted));
        Assert.Equal(8, redacted.TokenIds.Count);
    }

    [Fact]
    public void No_field_of_a_record_keeps_what_was_found()
    {
        Trajectory episode = Full();
        string before = TrajectoryJson.ToLine(episode), after = TrajectoryJson.ToLine(Redactor.Redact(episode));
        Assert.Equal(21, before.Split("example.org").Length - 1);
        Assert.DoesNotContain("example.org", after, StringComparison.Ordinal);
        Assert.DoesNotContain("/home/ann", after, StringComparison.Ordinal);
        TrajectoryJson.Parse(after); // and it is still a record
    }

    [Fact]
    public void Typed_numbers_stay_even_where_they_could_be_a_card()
    {
        Trajectory episode = Episode($"Ask {Mail}", """{"bbox_2d": [12.50, 40, 200, 310], "n": 4111111111111111, "who": "4111111111111111", "deep": [{"x": 5551234567}]}""", "5");
        ToolInvocation call = Redactor.Redact(episode).Turns[1].Invocations[0];
        Assert.Equal("""{"bbox_2d":[12.50,40,200,310],"n":4111111111111111,"who":"[CARD]","deep":[{"x":5551234567}]}""", call.Call.Arguments.GetRawText());
    }

    [Theory]
    [InlineData("question")]
    [InlineData("system")]
    [InlineData("turn")]
    [InlineData("result")]
    [InlineData("arguments")]
    [InlineData("injected call")]
    [InlineData("reasoning")]
    public void Token_ids_go_when_what_the_model_was_shown_or_wrote_changes(string where)
    {
        Trajectory episode = Episode("Who?", """{"target_image": 1}""", "5");
        TrajectoryTurn first = episode.Turns[0], second = episode.Turns[1];
        ToolInvocation call = second.Invocations[0];
        episode = where switch
        {
            "question" => episode with { Question = Mail },
            "system" => episode with { SystemPrompt = Mail },
            "turn" => episode with { Turns = [first with { Text = Mail }, second] },
            "result" => episode with { Turns = [first, second with { Invocations = [call with { ResultText = Mail }] }] },
            "arguments" => episode with { Turns = [first, second with { Invocations = [call with { Call = Call($$"""{"to": "{{Mail}}"}""") }] }] },
            "injected call" => episode with { Turns = [first with { ToolCalls = [Call($$"""{"to": "{{Mail}}"}""")] }, second] },
            _ => episode with { Turns = [first with { Reasoning = Mail }, second] },
        };
        Trajectory redacted = Redactor.Redact(episode);
        Assert.Empty(redacted.TokenIds);
        Assert.Empty(redacted.Provenance);
        Assert.Empty(redacted.LogProbabilities);
        Assert.All(redacted.Turns, t => Assert.Equal((0, 0, 0), (t.TokenStart, t.TokenCount, t.TokenTexts.Count)));
    }

    [Fact]
    public void What_the_model_never_saw_changes_without_costing_token_ids()
    {
        Trajectory episode = Episode("Who?", """{"target_image": 1}""", "5") with { Error = $"HTTP 401 for {Mail}" };
        Trajectory redacted = Redactor.Redact(episode);
        Assert.Equal("HTTP 401 for [EMAIL]", redacted.Error);
        Assert.Equal(8, redacted.TokenIds.Count);
    }

    [Fact]
    public void Pictures_stay_where_they_stood_in_the_text()
    {
        string text = $"{Mail} sent  and  too";
        Trajectory episode = Episode("Who?", "{}", "5");
        episode = episode with { Turns = [episode.Turns[0] with { Text = text, InputNumbers = [1, 2], InputPositions = [Mail.Length + 6, text.Length - 4] }, episode.Turns[1]] };
        TrajectoryTurn turn = Redactor.Redact(episode).Turns[0];
        Assert.Equal("[EMAIL] sent  and  too", turn.Text);
        Assert.Equal(["[EMAIL] sent ".Length, turn.Text.Length - 4], turn.InputPositions);
    }

    [Fact]
    public void A_call_that_escapes_its_characters_hides_nothing()
    {
        Trajectory episode = Episode("Who?", "{}", "5");
        episode = episode with { Turns = [episode.Turns[0], episode.Turns[1] with { Text = """<tool_call>{"name":"x","arguments":{"to":"ann\u0040example.org"}}</tool_call>""" }] };
        Trajectory redacted = Redactor.Redact(episode);
        Assert.Equal("""<tool_call>{"name":"x","arguments":{"to":"[EMAIL]"}}</tool_call>""", redacted.Turns[1].Text);
        Assert.Empty(redacted.TokenIds);
    }

    [Fact]
    public void Redacting_a_record_twice_changes_nothing()
    {
        Trajectory once = Redactor.Redact(Full());
        Assert.Equal(TrajectoryJson.ToLine(once), TrajectoryJson.ToLine(Redactor.Redact(once)));
    }

    [Fact]
    public void An_experience_is_redacted_whole()
    {
        var experience = new Experience
        {
            RequestId = "r1", Question = Mail, Answer = Mail, Label = Mail, Provenance = $"mail from {Mail}", Embedding = new float[] { 1 }, Subject = "00ff", Episodes = [Full()],
        };
        Experience redacted = Redactor.Redact(experience);
        Assert.Equal(("[EMAIL]", "[EMAIL]", "[EMAIL]", "mail from [EMAIL]", "00ff"), (redacted.Question, redacted.Answer, redacted.Label, redacted.Provenance, redacted.Subject));
        Assert.Empty(redacted.Episodes[0].TokenIds);
    }

    private static ToolCall Call(string json) => new("zoom_in", JsonDocument.Parse(json).RootElement.Clone());

    private static Trajectory Episode(string question, string arguments, string answer) => new()
    {
        Id = "t1", Model = "m", Question = question, Answer = answer, EndReason = EndReason.Answered,
        TokenIds = [1, 2, 3, 4, 5, 6, 7, 8], LogProbabilities = [0, 0, 0, -1, -2, -3, -4, -5],
        Provenance = [.. Enumerable.Repeat(TokenProvenance.Injected, 3), .. Enumerable.Repeat(TokenProvenance.Sampled, 5)],
        Inputs = [new TrajectoryInput { Number = 1, Hash = "ab", Width = 1, Height = 1, SeenWidth = 1, SeenHeight = 1, Origin = "question", Path = "/home/ann/1.png" }],
        Turns =
        [
            new TrajectoryTurn { Role = Role.User, Text = question, TokenStart = 0, TokenCount = 3 },
            new TrajectoryTurn
            {
                Role = Role.Assistant, Text = $"<tool_call>{{\"name\":\"zoom_in\"}}</tool_call>{answer}", TokenStart = 3, TokenCount = 5, TokenTexts = ["a", "b", "c", "d", "e"],
                Invocations = [new ToolInvocation { Call = Call(arguments), ResultText = "Zoomed into (12, 40) to (200, 310)." }],
            },
        ],
    };

    // The address in every field that a person, a model or a tool writes.
    private static Trajectory Full()
    {
        string json = $$"""{"to": "{{Mail}}", "{{Mail}}": ["{{Mail}}"]}""";
        Trajectory episode = Episode(Mail, json, Mail);
        TrajectoryTurn turn = episode.Turns[1];
        return episode with
        {
            SystemPrompt = Mail, Error = Mail, Extra = new Dictionary<string, JsonElement> { ["later"] = JsonDocument.Parse($"\"{Mail}\"").RootElement.Clone() },
            Turns =
            [
                episode.Turns[0] with { Reasoning = Mail, ToolCalls = [Call(json)] },
                turn with
                {
                    TokenTexts = [Mail],
                    Invocations =
                    [
                        turn.Invocations[0] with
                        {
                            Call = new ToolCall(Mail, turn.Invocations[0].Call.Arguments), ResultText = Mail, Data = JsonDocument.Parse(json).RootElement.Clone(),
                            Annotations = [new BoxAnnotation { Input = 1, Label = Mail, Box = new PixelBox(1, 2, 3, 4) }],
                        },
                    ],
                },
            ],
        };
    }
}
