using Pixelis.Modeling;

namespace Pixelis.Generation.Tests;

public class TokenSequenceTests
{
    private static readonly GenerationOptions Sampling = new() { Temperature = 1, Seed = 3, MaxNewTokens = 8, IgnoreEndOfTurn = true };

    [Fact]
    public async Task Later_turns_read_new_tokens_only_and_continue_the_whole_history()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(new Prompt([1, 2, 3]));
        await Collect(sequence.GenerateAsync(Sampling));
        sequence.Append(new Prompt([4, 5]));
        model.Passes.Clear();
        List<GeneratedToken> second = await Collect(sequence.GenerateAsync(Sampling));
        Assert.Equal(3, model.Passes[0].Columns); // the turn's last token, then the two new ones
        Prompt all = new([.. sequence.Tokens.Take(13).Select(t => t.Id)]);
        Assert.Equal(generator.Generate([new(all, Sampling)])[0].TokenIds, second.Select(t => t.Id));
    }

    [Fact]
    public async Task Every_token_knows_where_it_came_from()
    {
        using var generator = new Generator(HistoryModel.Random());
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(new Prompt([1, 2, 3]));
        List<GeneratedToken> turn = await Collect(sequence.GenerateAsync(Sampling));
        Assert.All(sequence.Tokens.Take(3), t => Assert.Equal((TokenProvenance.Injected, 0f), (t.Provenance, t.LogProbability)));
        Assert.Equal(turn.Select(t => new ConversationToken(t.Id, TokenProvenance.Sampled, t.LogProbability)), sequence.Tokens.Skip(3));
        Assert.Equal(turn.Select(t => t.Id), sequence.LastTurn!.TokenIds);
    }

    [Fact]
    public async Task A_turn_that_was_broken_off_anywhere_is_continued_correctly()
    {
        for (int stop = 1; stop <= 8; stop++)
        {
            using var generator = new Generator(HistoryModel.Random());
            using TokenSequence sequence = generator.StartSequence();
            sequence.Append(new Prompt([1, 2, 3]));
            await foreach (GeneratedToken _ in sequence.GenerateAsync(Sampling))
            {
                if (sequence.Tokens.Count == 3 + stop)
                    break;
            }
            Assert.Equal(3 + stop, sequence.Tokens.Count);
            Prompt all = new([.. sequence.Tokens.Select(t => t.Id)]);
            List<GeneratedToken> rest = await Collect(sequence.GenerateAsync(Sampling));
            Assert.Equal(generator.Generate([new(all, Sampling)])[0].TokenIds, rest.Select(t => t.Id));
        }
    }

    [Fact]
    public async Task Cancellation_during_a_pass_keeps_the_sequence_usable()
    {
        for (int pass = 0; pass < 6; pass++)
        {
            HistoryModel model = HistoryModel.Random();
            using var cancellation = new CancellationTokenSource();
            using var generator = new Generator(model, options: new GeneratorOptions { PrefillTokens = 4 });
            using TokenSequence sequence = generator.StartSequence();
            sequence.Append(new Prompt([1, 2, 3, 4, 5, 6, 7, 8, 9]));
            model.OnPass = () =>
            {
                if (model.Passes.Count == pass)
                    cancellation.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Collect(sequence.GenerateAsync(Sampling, cancellation.Token)));
            Assert.Equal(pass + 1, model.Passes.Count);
            Assert.Null(sequence.LastTurn);
            Prompt all = new([.. sequence.Tokens.Select(t => t.Id)]);
            List<GeneratedToken> rest = await Collect(sequence.GenerateAsync(Sampling));
            Assert.Equal(generator.Generate([new(all, Sampling)])[0].TokenIds, rest.Select(t => t.Id));
        }
    }

    [Fact]
    public async Task A_pass_that_fails_leaves_the_sequence_as_it_was()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(new Prompt([1, 2, 3]));
        await Collect(sequence.GenerateAsync(Sampling));
        int cached = sequence.CachedLength;
        sequence.Append(new Prompt([4]));
        model.OnPass = () => throw new PixelisException("out of memory");
        await Assert.ThrowsAsync<PixelisException>(() => Collect(sequence.GenerateAsync(Sampling)));
        Assert.Equal(cached, sequence.CachedLength);
        Assert.Equal(12, sequence.Tokens.Count);
    }

    [Fact]
    public async Task Sequences_run_at_the_same_time_and_their_passes_never_overlap()
    {
        using var generator = new Generator(HistoryModel.Random());
        int[][] expected = [.. Enumerable.Range(0, 6).Select(i => generator.Generate([new(new Prompt([i, 1]), Sampling)])[0].TokenIds.ToArray())];
        int[][] actual = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            using TokenSequence sequence = generator.StartSequence();
            sequence.Append(new Prompt([i, 1]));
            return (await Collect(sequence.GenerateAsync(Sampling))).Select(t => t.Id).ToArray();
        })));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Visuals_go_to_the_model_once_with_their_tokens()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model, options: new GeneratorOptions { PrefillTokens = 3 });
        using TokenSequence sequence = generator.StartSequence();
        VisualInput Visual(int start, bool video) => new(start, 2, new VisionGrid(1, 2, 4), new float[8 * 5]) { IsVideo = video };
        sequence.Append(new Prompt([1, 2, 3, 3, 4, 3, 3, 5], [Visual(2, false), Visual(5, true)]));
        await Collect(sequence.GenerateAsync(Sampling));
        Assert.Equal([0, 1, 1, 0], model.Passes.Take(4).Select(p => p.Visuals));
        sequence.Append(new Prompt([1, 3, 3, 6], [Visual(1, false)]));
        model.Passes.Clear();
        await Collect(sequence.GenerateAsync(Sampling));
        Assert.Equal(1, model.Passes.Sum(p => p.Visuals));
    }

    [Fact]
    public async Task The_context_is_checked_before_tokens_are_taken()
    {
        using var generator = new Generator(HistoryModel.Random(contextLength: 12));
        using TokenSequence sequence = generator.StartSequence();
        Assert.Throws<InvalidOperationException>(() => { sequence.GenerateAsync(Sampling); });
        sequence.Append(new Prompt([1, 2, 3]));
        Assert.Throws<ContextLengthException>(() => sequence.Append(new Prompt(new int[9])));
        Assert.Equal(3, sequence.Tokens.Count);
        sequence.Append(new Prompt(new int[5]));
        Assert.Equal(4, (await Collect(sequence.GenerateAsync(Sampling))).Count);
        Assert.Equal(FinishReason.Length, sequence.LastTurn!.FinishReason);
        Assert.Throws<ContextLengthException>(() => { sequence.GenerateAsync(Sampling); });
    }

    [Fact]
    public async Task A_turn_longer_than_the_reserved_room_grows_the_cache()
    {
        using var generator = new Generator(HistoryModel.Random(contextLength: 5000));
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(new Prompt([1]));
        int count = (await Collect(sequence.GenerateAsync(Sampling with { MaxNewTokens = 2100 }))).Count;
        Assert.Equal(2100, count);
    }

    private static async Task<List<GeneratedToken>> Collect(IAsyncEnumerable<GeneratedToken> tokens)
    {
        var list = new List<GeneratedToken>();
        await foreach (GeneratedToken token in tokens)
            list.Add(token);
        return list;
    }
}
