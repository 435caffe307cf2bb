using System.Text;
using Pixelis.Generation.Sampling;
using Pixelis.Generation.Stopping;
using Pixelis.Modeling;

namespace Pixelis.Generation.Tests.Stopping;

public class TurnRecorderTests
{
    private const int EndOfTurn = 300;

    [Fact]
    public void The_models_end_of_turn_token_ends_the_turn_and_has_no_text()
    {
        (GeneratedTurn turn, string streamed) = Record(new GenerationOptions(), [.. "hi"u8, EndOfTurn, 'x']);
        Assert.Equal(FinishReason.EndOfTurn, turn.FinishReason);
        Assert.Equal([104, 105, EndOfTurn], turn.TokenIds);
        Assert.Equal(3, turn.LogProbabilities.Count);
        Assert.Equal("hi", turn.Text);
        Assert.Equal("hi", streamed);
    }

    [Fact]
    public void It_can_be_ignored() =>
        Assert.Equal(FinishReason.Length, Record(new GenerationOptions { IgnoreEndOfTurn = true, MaxNewTokens = 3 }, [1, EndOfTurn, 2]).Turn.FinishReason);

    [Fact]
    public void Stop_tokens_end_the_turn() =>
        Assert.Equal(FinishReason.StopToken, Record(new GenerationOptions { StopTokenIds = [7] }, [1, 7, 2]).Turn.FinishReason);

    [Fact]
    public void A_stop_string_across_tokens_ends_the_turn_and_is_not_shown()
    {
        (GeneratedTurn turn, string streamed) = Record(new GenerationOptions { StopStrings = ["END"] }, [.. "go EN"u8, .. "D more"u8]);
        Assert.Equal(FinishReason.StopString, turn.FinishReason);
        Assert.Equal("go ", turn.Text);
        Assert.Equal("go ", streamed);
        Assert.Equal(6, turn.TokenIds.Count);
    }

    [Fact]
    public void Text_held_back_comes_with_the_last_token()
    {
        (GeneratedTurn turn, string streamed) = Record(new GenerationOptions { StopStrings = ["END"] }, [.. "EN"u8, EndOfTurn]);
        Assert.Equal("EN", turn.Text);
        Assert.Equal("EN", streamed);
    }

    [Fact]
    public void Half_a_character_is_shown_only_when_the_turn_ends()
    {
        byte[] euro = Encoding.UTF8.GetBytes("€");
        (GeneratedTurn whole, _) = Record(new GenerationOptions { MaxNewTokens = 3 }, [.. euro]);
        (GeneratedTurn half, _) = Record(new GenerationOptions { MaxNewTokens = 2 }, [.. euro]);
        Assert.Equal("€", whole.Text);
        Assert.Equal("\uFFFD", half.Text);
        Assert.Equal(FinishReason.Length, half.FinishReason);
    }

    [Fact]
    public void Stop_strings_without_a_decoder_are_refused() =>
        Assert.Throws<ArgumentException>(() => new TurnRecorder(new GenerationOptions { StopStrings = ["x"] }, [], null));

    private static (GeneratedTurn Turn, string Streamed) Record(GenerationOptions options, params int[] tokens)
    {
        var recorder = new TurnRecorder(options, [EndOfTurn], new StreamingTextDecoder(new ByteTokenizer(), skipSpecialTokens: true));
        var streamed = new StringBuilder();
        foreach (int token in tokens)
        {
            streamed.Append(recorder.Add(new SampledToken(token, -1)).Text);
            if (recorder.FinishReason is not null)
                break;
        }
        return (recorder.ToTurn(), streamed.ToString());
    }
}
