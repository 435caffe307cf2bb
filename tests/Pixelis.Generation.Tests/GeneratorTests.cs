using Pixelis.Modeling;
using static TorchSharp.torch;

namespace Pixelis.Generation.Tests;

public class GeneratorTests
{
    private static readonly Prompt[] Prompts = [new([1, 2, 3, 4, 5]), new([9]), new([7, 7, 7]), new([.. Enumerable.Range(0, 40)]), new([2, 1])];

    [Fact]
    public void A_sequence_is_the_same_alone_and_in_any_batch()
    {
        using var generator = new Generator(HistoryModel.Random());
        GenerationRequest[] requests = [.. Prompts.Select((p, i) => new GenerationRequest(p, Sampling((ulong)i, 5 + (i * 9))))];
        GeneratedTurn[] alone = [.. requests.Select(r => generator.Generate([r])[0])];
        AssertSame(alone, generator.Generate(requests));
        AssertSame([.. alone.Reverse()], generator.Generate([.. requests.Reverse()]));
        AssertSame([alone[3], alone[0]], generator.Generate([requests[3], requests[0]]));
    }

    [Fact]
    public void A_group_gives_what_its_members_give_alone_and_reads_the_prompt_once()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        GeneratedTurn[] alone = [.. Enumerable.Range(0, 6).Select(i => generator.Generate([new(Prompts[3], Sampling(50 + (ulong)i, 20))])[0])];
        model.Passes.Clear();
        AssertSame(alone, generator.GenerateGroup(Prompts[3], Sampling(50, 20), 6));
        Assert.Equal((1, 40, 0), model.Passes[0]);
        Assert.All(model.Passes.Skip(1), pass => Assert.Equal(1, pass.Columns));
        Assert.Equal(20, model.Passes.Count); // one prefill, 19 steps: the last token is not read
    }

    [Fact]
    public void Members_of_a_group_without_a_seed_differ()
    {
        using var generator = new Generator(HistoryModel.Random());
        IReadOnlyList<GeneratedTurn> turns = generator.GenerateGroup(Prompts[0], new GenerationOptions { Temperature = 1, MaxNewTokens = 10 }, 3);
        Assert.NotEqual(turns[0].TokenIds, turns[1].TokenIds);
        Assert.NotEqual(turns[1].TokenIds, turns[2].TokenIds);
    }

    [Fact]
    public void Finished_rows_leave_the_batch()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        int[] lengths = [30, 4, 4, 4];
        generator.GenerateGroup(Prompts[0], [.. lengths.Select(n => new GenerationOptions { Temperature = 1, MaxNewTokens = n, IgnoreEndOfTurn = true })]);
        Assert.Equal(4, model.Passes[2].Rows);
        Assert.Equal(1, model.Passes[^1].Rows);
        Assert.Equal(30, model.Passes.Count);
    }

    [Fact]
    public void A_long_prompt_is_read_in_passes_with_the_same_result()
    {
        HistoryModel model = HistoryModel.Random();
        using var whole = new Generator(model);
        using var cut = new Generator(model, options: new GeneratorOptions { PrefillTokens = 7 });
        GeneratedTurn expected = whole.Generate([new(Prompts[3], Sampling(1, 12))])[0];
        model.Passes.Clear();
        GeneratedTurn turn = cut.Generate([new(Prompts[3], Sampling(1, 12))])[0];
        AssertSame([expected], [turn]);
        Assert.Equal([7, 7, 7, 7, 7, 5], model.Passes.Take(6).Select(p => p.Columns));
    }

    [Fact]
    public void Stop_strings_and_end_of_turn_end_each_row_by_itself()
    {
        HistoryModel model = HistoryModel.Saying(2, [.. "one</x>two"u8.ToArray().Select(b => (int)b), HistoryModel.EndOfTurn]);
        using var generator = new Generator(model, new ByteTokenizer());
        IReadOnlyList<GeneratedTurn> turns = generator.Generate(
        [
            new(new Prompt([1, 2]), new GenerationOptions { StopStrings = ["</x>"] }),
            new(new Prompt([3, 4]), new GenerationOptions()),
            new(new Prompt([5, 6]), new GenerationOptions { MaxNewTokens = 2 }),
            new(new Prompt([5, 6]), new GenerationOptions { StopTokenIds = ['n'] }),
        ]);
        Assert.Equal(["one", "one</x>two", "on", "o"], turns.Select(t => t.Text));
        Assert.Equal([FinishReason.StopString, FinishReason.EndOfTurn, FinishReason.Length, FinishReason.StopToken], turns.Select(t => t.FinishReason));
        Assert.Equal(7, turns[0].TokenIds.Count);
    }

    [Fact]
    public void Log_probabilities_are_those_of_the_models_distribution()
    {
        using var generator = new Generator(HistoryModel.Saying(1, 5));
        GeneratedTurn turn = generator.Generate([new(new Prompt([1]), new GenerationOptions { MaxNewTokens = 3 })])[0];
        double expected = -Math.Log(1 + ((HistoryModel.Vocabulary - 1) * Math.Exp(-10)));
        Assert.All(turn.LogProbabilities, p => Assert.Equal(expected, p, 1e-6));
    }

    [Fact]
    public void A_prompt_that_fills_the_context_is_refused_before_any_work()
    {
        HistoryModel model = HistoryModel.Random(contextLength: 20);
        using var generator = new Generator(model);
        var fits = new GenerationRequest(new Prompt(new int[19]), new GenerationOptions { IgnoreEndOfTurn = true });
        var full = new GenerationRequest(new Prompt(new int[20]), new GenerationOptions());
        ContextLengthException error = Assert.Throws<ContextLengthException>(() => generator.Generate([fits, full]));
        Assert.Contains("20 tokens", error.Message);
        Assert.Empty(model.Passes);
        Assert.Single(generator.Generate([fits])[0].TokenIds);
        Assert.Equal(FinishReason.Length, generator.Generate([fits])[0].FinishReason);
    }

    [Fact]
    public void Options_and_ids_are_checked_before_any_work()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        Assert.Throws<ArgumentException>(() => generator.Generate([new(new Prompt([HistoryModel.Vocabulary]), new GenerationOptions())]));
        Assert.Throws<ArgumentException>(() => generator.Generate([new(Prompts[0], new GenerationOptions { TopP = 0 })]));
        Assert.Throws<ArgumentException>(() => generator.Generate([new(Prompts[0], new GenerationOptions { StopStrings = ["x"] })]));
        Assert.Throws<ArgumentException>(() => new Generator(model, options: new GeneratorOptions { ContextLength = 5000 }));
        Assert.Empty(model.Passes);
    }

    [Fact]
    public void Cancellation_stops_within_one_token_and_frees_the_cache()
    {
        using var cancellation = new CancellationTokenSource();
        HistoryModel model = HistoryModel.Random();
        model.OnPass = () =>
        {
            if (model.Passes.Count == 5)
                cancellation.Cancel();
        };
        using var generator = new Generator(model);
        var options = new GenerationOptions { MaxNewTokens = 1000, IgnoreEndOfTurn = true };
        Assert.ThrowsAny<OperationCanceledException>(() => generator.GenerateGroup(Prompts[0], options, 3, cancellation.Token));
        Assert.Equal(6, model.Passes.Count); // the pass during which it was asked for is the last
    }

    [Fact]
    public void No_tensor_outlives_a_call()
    {
        using var generator = new Generator(HistoryModel.Random());
        generator.Generate([new(Prompts[0], Sampling(1, 5))]);
        long before = Tensor.TotalCount;
        generator.Generate([.. Prompts.Select(p => new GenerationRequest(p, Sampling(1, 12)))]);
        generator.GenerateGroup(Prompts[1], Sampling(1, 12), 4);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static GenerationOptions Sampling(ulong seed, int tokens) =>
        new() { Temperature = 1, TopK = 50, Seed = seed, MaxNewTokens = tokens, RepetitionPenalty = 1.1, IgnoreEndOfTurn = true };

    private static void AssertSame(IReadOnlyList<GeneratedTurn> expected, IReadOnlyList<GeneratedTurn> actual)
    {
        Assert.Equal(expected.Select(t => t.TokenIds), actual.Select(t => t.TokenIds));
        Assert.Equal(expected.Select(t => t.LogProbabilities), actual.Select(t => t.LogProbabilities));
    }
}
