using FsCheck.Fluent;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

/// <summary>The streaming decoder with a real tokenizer behind it.</summary>
public class StreamingTextDecoderTests
{
    [SharedFact(RealTokenizer.Data)]
    public void Pieces_hold_whole_characters_and_join_to_the_decoded_text()
    {
        QwenTokenizer tokenizer = RealTokenizer.FromJson;
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Texts.Any, text =>
        {
            int[] ids = tokenizer.Encode(text);
            var decoder = new StreamingTextDecoder(tokenizer);
            string[] pieces = [.. ids.Select(decoder.Append), decoder.Flush()];
            return string.Concat(pieces) == tokenizer.Decode(ids) && pieces.All(p => p.Length == 0 || (!char.IsLowSurrogate(p[0]) && !char.IsHighSurrogate(p[^1])));
        }));
    }

    [SharedFact(RealTokenizer.Data)]
    public void Arbitrary_ids_stream_like_they_decode()
    {
        // Random ids give bytes that are no UTF-8 at all; both ways must put the same U+FFFD.
        QwenTokenizer tokenizer = RealTokenizer.FromJson;
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 255), Gen.Choose(0, 152000)))), ids =>
        {
            var decoder = new StreamingTextDecoder(tokenizer);
            return string.Concat(ids.Select(decoder.Append)) + decoder.Flush() == tokenizer.Decode(ids);
        }));
    }

    [SharedFact(RealTokenizer.Data)]
    public void An_unfinished_character_waits_and_the_end_replaces_it()
    {
        QwenTokenizer tokenizer = RealTokenizer.FromJson;
        int[] ids = tokenizer.Encode("\U0001F9E6"); // several tokens for one character
        Assert.True(ids.Length > 1);
        var decoder = new StreamingTextDecoder(tokenizer, skipSpecialTokens: true);

        Assert.All(ids[..^1], id => Assert.Equal("", decoder.Append(id)));
        Assert.Equal("", decoder.Append(151645)); // a special token in between is skipped
        Assert.Equal("\U0001F9E6", decoder.Append(ids[^1]));
        Assert.Equal("", decoder.Append(ids[0]));
        Assert.Equal("\uFFFD", decoder.Flush());
        Assert.Equal("", decoder.Flush());
    }
}
