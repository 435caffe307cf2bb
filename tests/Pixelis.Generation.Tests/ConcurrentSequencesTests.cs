using Pixelis.Modeling;

namespace Pixelis.Generation.Tests;

public class ConcurrentSequencesTests
{
    private static GenerationOptions Sampling(int seed, int tokens) => new() { Temperature = 1, Seed = (ulong)seed, MaxNewTokens = tokens, IgnoreEndOfTurn = true };

    [Fact]
    public async Task Sequences_of_any_length_that_run_at_the_same_time_share_passes_and_say_what_each_says_alone()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        (Prompt Prompt, GenerationOptions Options)[] turns =
            [.. Enumerable.Range(0, 12).Select(i => (new Prompt([.. Enumerable.Range(i, (i * 3) + 1)]), Sampling(i, 40 + i)))];
        GeneratedTurn[] alone = [.. turns.Select(t => generator.Generate([new(t.Prompt, t.Options)])[0])];
        model.Passes.Clear();
        GeneratedTurn[] together = await Task.WhenAll(turns.Select(t => Task.Run(() => RunAsync(generator, t.Prompt, t.Options))));
        Assert.Equal(alone.Select(t => t.TokenIds), together.Select(t => t.TokenIds));
        Assert.Equal(alone.Select(t => t.LogProbabilities), together.Select(t => t.LogProbabilities));
        Assert.Equal(turns.Sum(t => t.Options.MaxNewTokens - 1), model.Passes.Where(p => p.Columns == 1).Skip(1).Sum(p => p.Rows)); // the first prompt is one token
        Assert.Contains(model.Passes, p => p.Rows > 1);
    }

    [Fact]
    public async Task Steps_that_wait_at_the_same_time_are_one_pass()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 12).Select(_ => generator.StartSequence())];
        var readers = new List<IAsyncEnumerator<GeneratedToken>>();
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i].Append(new Prompt([i]));
            readers.Add(sequences[i].GenerateAsync(Sampling(i, 2)).GetAsyncEnumerator());
            Assert.True(await readers[i].MoveNextAsync()); // its prompt is read, and it has asked for no step
        }
        using var release = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        model.OnPass = () =>
        {
            blocked.Set();
            release.Wait();
        };
        Task<GeneratedTurn> other = Task.Run(() => RunAsync(generator, new Prompt([12]), Sampling(12, 1))); // its reading holds the model
        blocked.Wait();
        model.Passes.Clear();
        Task<bool>[] steps = [.. readers.Select(r => r.MoveNextAsync().AsTask())];
        release.Set();
        Assert.All(await Task.WhenAll(steps), Assert.True);
        await other;
        Assert.Equal([1, 12], model.Passes.Select(p => p.Rows)); // the reading, then all at once
        foreach (IAsyncEnumerator<GeneratedToken> reader in readers)
            await reader.DisposeAsync();
        foreach (TokenSequence sequence in sequences)
            sequence.Dispose();
    }

    [Fact]
    public async Task A_batch_is_no_larger_than_allowed()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model, options: new GeneratorOptions { MaxBatch = 3 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RunAsync(generator, new Prompt([i, i]), Sampling(i, 20)))));
        Assert.Equal(3, model.Passes.Max(p => p.Rows));
        Assert.Throws<ArgumentException>(() => new Generator(model, options: new GeneratorOptions { MaxBatch = 0 }));
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_does_not_hold_up_the_others()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        using TokenSequence slow = generator.StartSequence();
        slow.Append(new Prompt([1, 2]));
        await using IAsyncEnumerator<GeneratedToken> reader = slow.GenerateAsync(Sampling(1, 50)).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.True(await reader.MoveNextAsync()); // it has taken part in a pass and now sleeps
        GeneratedTurn other = await RunAsync(generator, new Prompt([3]), Sampling(2, 200)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(200, other.TokenIds.Count);
        while (await reader.MoveNextAsync())
        {
        }
        Assert.Equal(generator.Generate([new(new Prompt([1, 2]), Sampling(1, 50))])[0].TokenIds, slow.LastTurn!.TokenIds);
    }

    [Fact]
    public async Task Sequences_that_begin_alike_read_their_prompt_once()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        var prompt = new Prompt([.. Enumerable.Range(0, 100)]);
        GeneratedTurn[] alone = [.. Enumerable.Range(0, 8).Select(i => generator.Generate([new(prompt, Sampling(i, 30))])[0])];
        model.Passes.Clear();
        GeneratedTurn[] together = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RunAsync(generator, prompt, Sampling(i, 30)))));
        Assert.Equal(alone.Select(t => t.TokenIds), together.Select(t => t.TokenIds));
        Assert.Single(model.Passes, p => p.Columns == 100);
        model.Passes.Clear();
        await RunAsync(generator, prompt, Sampling(1, 5)); // the others are gone, and with them what they had read
        Assert.Single(model.Passes, p => p.Columns == 100);
    }

    [Fact]
    public async Task After_a_change_of_weights_prompts_are_read_anew()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        using TokenSequence first = generator.StartSequence();
        first.Append(new Prompt([1, 2, 3, 4]));
        await Last(first.GenerateAsync(Sampling(1, 3)));
        generator.ForgetPrompts();
        model.Passes.Clear();
        await RunAsync(generator, new Prompt([1, 2, 3, 4]), Sampling(1, 3));
        Assert.Equal(4, model.Passes[0].Columns);
    }

    [Fact]
    public async Task A_sequence_that_shares_a_prompt_outlives_the_one_that_read_it()
    {
        using var generator = new Generator(HistoryModel.Random());
        var prompt = new Prompt([.. Enumerable.Range(5, 20)]);
        TokenSequence reader = generator.StartSequence();
        reader.Append(prompt);
        await Last(reader.GenerateAsync(Sampling(1, 30)));
        using TokenSequence follower = generator.StartSequence();
        follower.Append(prompt);
        await using IAsyncEnumerator<GeneratedToken> tokens = follower.GenerateAsync(Sampling(2, 30)).GetAsyncEnumerator();
        Assert.True(await tokens.MoveNextAsync());
        reader.Dispose();
        while (await tokens.MoveNextAsync())
        {
        }
        follower.Append(new Prompt([9, 8]));
        await Last(follower.GenerateAsync(Sampling(3, 10)));
        Prompt all = new([.. follower.Tokens.Take(52).Select(t => t.Id)]);
        Assert.Equal(generator.Generate([new(prompt, Sampling(2, 30))])[0].TokenIds, follower.Tokens.Skip(20).Take(30).Select(t => t.Id));
        Assert.Equal(generator.Generate([new(all, Sampling(3, 10))])[0].TokenIds, follower.LastTurn!.TokenIds);
    }

    [Fact]
    public async Task A_pass_that_fails_is_told_to_those_in_it_and_the_others_go_on()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        int passes = 0;
        model.OnPass = () =>
        {
            if (++passes == 6)
                throw new InvalidOperationException("the machine stumbled");
        };
        Task<GeneratedTurn>[] turns = [.. Enumerable.Range(0, 4).Select(i => Task.Run(() => RunAsync(generator, new Prompt([i, 1, 2]), Sampling(i, 30))))];
        Exception?[] failures = await Task.WhenAll(turns.Select(t => Record.ExceptionAsync(() => t)));
        Assert.Contains(failures, f => f is InvalidOperationException { Message: "the machine stumbled" });
        GeneratedTurn after = await RunAsync(generator, new Prompt([7]), Sampling(7, 30));
        Assert.Equal(30, after.TokenIds.Count);
    }

    [Fact]
    public async Task A_cancelled_sequence_leaves_and_can_go_on_later()
    {
        using var generator = new Generator(HistoryModel.Random());
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(new Prompt([1, 2, 3]));
        using var cancellation = new CancellationTokenSource();
        Task<GeneratedTurn> other = Task.Run(() => RunAsync(generator, new Prompt([4]), Sampling(4, 300)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (GeneratedToken _ in sequence.GenerateAsync(Sampling(1, 500), cancellation.Token))
            {
                if (sequence.Tokens.Count == 20)
                    await cancellation.CancelAsync();
            }
        });
        Assert.Equal(20, sequence.Tokens.Count);
        Assert.Equal(300, (await other).TokenIds.Count);
        Prompt all = new([.. sequence.Tokens.Select(t => t.Id)]);
        await Last(sequence.GenerateAsync(Sampling(5, 10)));
        Assert.Equal(generator.Generate([new(all, Sampling(5, 10))])[0].TokenIds, sequence.LastTurn!.TokenIds);
    }

    [Fact]
    public async Task A_pass_that_fails_after_it_wrote_does_not_leave_the_logits_of_an_earlier_token()
    {
        for (int failing = 1; failing <= 6; failing++)
        {
            HistoryModel model = HistoryModel.Random();
            using var generator = new Generator(model);
            using TokenSequence sequence = generator.StartSequence();
            sequence.Append(new Prompt([1, 2, 3]));
            int passes = 0;
            model.AfterPass = () =>
            {
                if (++passes == failing)
                    throw new InvalidOperationException("out of memory");
            };
            await Assert.ThrowsAsync<InvalidOperationException>(() => Last(sequence.GenerateAsync(Sampling(1, 20))));
            Prompt all = new([.. sequence.Tokens.Select(t => t.Id)]);
            await Last(sequence.GenerateAsync(Sampling(5, 10)));
            Assert.Equal(generator.Generate([new(all, Sampling(5, 10))])[0].TokenIds, sequence.LastTurn!.TokenIds);
        }
    }

    [Fact]
    public async Task Who_waits_for_a_step_hears_that_the_generator_is_gone()
    {
        HistoryModel model = HistoryModel.Random();
        var generator = new Generator(model);
        int passes = 0;
        model.OnPass = () =>
        {
            if (++passes == 10)
                generator.Dispose();
        };
        Task<GeneratedTurn>[] turns = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() => RunAsync(generator, new Prompt([i, 1]), Sampling(i, 500))))];
        foreach (Task<GeneratedTurn> turn in turns)
        {
            Exception? heard = await Record.ExceptionAsync(() => turn.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.True(heard is not null and not TimeoutException, $"{heard}");
        }
    }

    [Fact]
    public async Task What_was_read_with_earlier_weights_is_not_shared_even_when_it_was_just_being_read()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        var prompt = new Prompt([.. Enumerable.Range(0, 30)]);
        model.OnPass = generator.ForgetPrompts;
        using TokenSequence first = generator.StartSequence();
        first.Append(prompt);
        await Last(first.GenerateAsync(Sampling(1, 1)));
        model.OnPass = null;
        model.Passes.Clear();
        await RunAsync(generator, prompt, Sampling(2, 1));
        Assert.Equal(30, Assert.Single(model.Passes).Columns);
    }

    [Fact]
    public void Videos_of_other_speed_are_other_prompts()
    {
        VisualInput Video(double seconds) => new(1, 2, new VisionGrid(1, 2, 2), new float[8]) { IsVideo = true, SecondsPerGrid = seconds, ContentKey = "same frames" };
        Assert.NotEqual(Generation.Running.SharedPrompts.KeyOf(new Prompt([1, 2, 3, 4], [Video(1)])), Generation.Running.SharedPrompts.KeyOf(new Prompt([1, 2, 3, 4], [Video(0.5)])));
        Assert.Null(Generation.Running.SharedPrompts.KeyOf(new Prompt([1, 2, 3, 4], [Video(1) with { ContentKey = null }])));
    }

    [Fact]
    public async Task A_step_that_waits_behind_others_can_be_cancelled()
    {
        HistoryModel model = HistoryModel.Random();
        using var generator = new Generator(model);
        using var cancellation = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(new Prompt([1, 2, 3]));
        await using IAsyncEnumerator<GeneratedToken> tokens = sequence.GenerateAsync(Sampling(1, 50), cancellation.Token).GetAsyncEnumerator();
        Assert.True(await tokens.MoveNextAsync());
        model.OnPass = () =>
        {
            blocked.Set();
            release.Wait();
        };
        Task<GeneratedTurn> reader = Task.Run(() => RunAsync(generator, new Prompt([9, 9]), Sampling(2, 3))); // its reading holds the model
        blocked.Wait();
        Task<bool> next = tokens.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(30)));
        release.Set();
        Assert.Equal(3, (await reader).TokenIds.Count);
    }

    private static async Task<GeneratedTurn> RunAsync(Generator generator, Prompt prompt, GenerationOptions options)
    {
        using TokenSequence sequence = generator.StartSequence();
        sequence.Append(prompt);
        await Last(sequence.GenerateAsync(options));
        return sequence.LastTurn!;
    }

    private static async Task Last(IAsyncEnumerable<GeneratedToken> tokens)
    {
        await foreach (GeneratedToken _ in tokens)
        {
        }
    }
}
